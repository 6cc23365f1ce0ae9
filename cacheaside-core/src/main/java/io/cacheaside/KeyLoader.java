package io.cacheaside;

import org.jspecify.annotations.Nullable;

/** Brings the value of one key from its source. What it throws, checked or not, reaches the caller as thrown. */
@FunctionalInterface
public interface KeyLoader<K, V, X extends Throwable> {

    /**
     * The value of {@code key}; null where there is none. Runs on the thread of the call. With {@code refreshAhead} or
     * {@code earlyExpiration} it may run once more on another thread when the call has returned.
     */
    @Nullable
    V load(K key) throws X;
}
