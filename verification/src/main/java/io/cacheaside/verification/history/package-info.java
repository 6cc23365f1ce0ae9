/**
 * The race of readers and writers on real Redis and a real database, and the checker of what they saw. Entry points:
 * {@link io.cacheaside.verification.history.HistoryProof} runs a race, {@link
 * io.cacheaside.verification.history.HistoryChecker} judges it.
 */
@NullMarked
package io.cacheaside.verification.history;

import org.jspecify.annotations.NullMarked;
