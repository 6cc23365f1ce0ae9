/**
 * The ports of the engine: where entries live, who may load, who is told. Entry point:
 * {@link io.cacheaside.spi.CacheStore}.
 */
@NullMarked
package io.cacheaside.spi;

import org.jspecify.annotations.NullMarked;
