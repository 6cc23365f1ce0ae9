package io.cacheaside.engine;

import org.jspecify.annotations.Nullable;

/** The method behind a read. Runs on the caller's thread; what it throws reaches the caller as thrown. */
@FunctionalInterface
public interface Loader {

    /** The value from the source; null where there is none. */
    @Nullable
    Object load() throws Throwable;
}
