/**
 * Warming: calls annotated reads before somebody else does, so that their entries are there. Entry point:
 * {@link io.cacheaside.aspect.warm.CacheWarmer}.
 */
@NullMarked
package io.cacheaside.aspect.warm;

import org.jspecify.annotations.NullMarked;
