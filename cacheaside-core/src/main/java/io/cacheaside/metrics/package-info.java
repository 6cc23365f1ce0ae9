/**
 * Counters for Micrometer, which is optional. Entry point: {@code MicrometerListener}.
 */
@NullMarked
package io.cacheaside.metrics;

import org.jspecify.annotations.NullMarked;
