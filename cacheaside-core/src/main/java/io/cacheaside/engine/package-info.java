/**
 * The protocol: read path, flights, invalidation. Entry point: {@link io.cacheaside.engine.ReadPath}.
 */
@NullMarked
package io.cacheaside.engine;

import org.jspecify.annotations.NullMarked;
