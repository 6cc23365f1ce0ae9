/**
 * Starts the shop with everything it needs, and replays traffic against two instances of it. Entry point:
 * {@link io.cacheaside.samples.demo.Demo}.
 */
@NullMarked
package io.cacheaside.samples.demo;

import org.jspecify.annotations.NullMarked;
