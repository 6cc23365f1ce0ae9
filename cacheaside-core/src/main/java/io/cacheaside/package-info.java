/**
 * The cache-aside engine as an application holds it. Entry point: {@link io.cacheaside.CacheAsideClient}.
 */
@NullMarked
package io.cacheaside;

import org.jspecify.annotations.NullMarked;
