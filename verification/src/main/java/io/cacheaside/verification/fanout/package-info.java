/**
 * A write that makes a million keys stale, removed in the background by a JVM with a small heap. Entry point:
 * {@code FanOutProof}.
 */
@NullMarked
package io.cacheaside.verification.fanout;

import org.jspecify.annotations.NullMarked;
