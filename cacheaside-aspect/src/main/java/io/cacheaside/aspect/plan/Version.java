package io.cacheaside.aspect.plan;

import org.jspecify.annotations.Nullable;

/** Tells the version of a value that a write returns or the cache has. Thread-safe. */
@FunctionalInterface
public interface Version {

    /**
     * The version of {@code value}; null where it has none.
     *
     * @param args of the call that writes
     * @throws RuntimeException what evaluating throws
     */
    @Nullable
    Object of(@Nullable Object[] args, Object value);
}
