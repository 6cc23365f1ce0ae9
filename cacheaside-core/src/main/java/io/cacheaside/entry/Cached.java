package io.cacheaside.entry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has for a key, without a load.
 *
 * @param value null unless there is one
 */
public record Cached<V>(State state, @Nullable V value) {

    /** The kinds of answers. */
    public enum State {
        /** A value that a read would answer. */
        VALUE,
        /** The source had no value, and that is remembered. */
        ABSENT,
        /** A read would not be answered from the cache. */
        NOTHING
    }

    /** {@code value} is there. */
    public static <V> Cached<V> of(V value) {
        return new Cached<>(State.VALUE, value);
    }

    /** A remembered absence. */
    public static <V> Cached<V> absent() {
        return new Cached<>(State.ABSENT, null);
    }

    /** No answer. */
    public static <V> Cached<V> nothing() {
        return new Cached<>(State.NOTHING, null);
    }

    /** The value; empty where there is none, whether that is remembered or not. */
    public Optional<V> toOptional() {
        return Optional.ofNullable(value);
    }
}
