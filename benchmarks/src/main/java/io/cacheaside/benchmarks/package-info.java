/**
 * Measurements against hand-written code. Entry point: {@link io.cacheaside.benchmarks.Bench}, which the script
 * {@code bench} starts.
 */
@NullMarked
package io.cacheaside.benchmarks;

import org.jspecify.annotations.NullMarked;
