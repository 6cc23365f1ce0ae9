/**
 * Counters for Micrometer, and its context in the background; both are optional. Entry point: {@code MicrometerListener}.
 */
@NullMarked
package io.cacheaside.metrics;

import org.jspecify.annotations.NullMarked;
