/**
 * The woven skin: for applications whose classes ajc processes at build time, with or without Spring. Entry point:
 * {@link io.cacheaside.aspect.weave.CacheAsideWeaving}.
 */
@NullMarked
package io.cacheaside.aspect.weave;

import org.jspecify.annotations.NullMarked;
