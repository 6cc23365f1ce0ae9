package io.cacheaside.key;

import org.jspecify.annotations.Nullable;

/** One compiled step of a path. Thread-safe. */
@FunctionalInterface
interface Accessor {

    /** The part of {@code owner}; null where it has none. May throw whatever the owner's own code throws. */
    @Nullable
    Object get(Object owner) throws Throwable;
}
