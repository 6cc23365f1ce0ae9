/**
 * Records which calls of annotated reads are made most often, so that they can be made again to warm a cache. Entry point:
 * {@link io.cacheaside.hot.HotCalls}.
 */
@NullMarked
package io.cacheaside.hot;

import org.jspecify.annotations.NullMarked;
