package io.cacheaside.engine;

import org.jspecify.annotations.Nullable;

/** The method behind a read. What it throws reaches the caller as thrown. */
@FunctionalInterface
public interface Loader {

    /** The value from the source; null where there is none. Runs on the caller's thread unless it is {@link #detached}. */
    @Nullable
    Object load() throws Throwable;

    /**
     * A loader of the same value that may run on another thread when the call that this one belongs to has ended. Asked for on
     * the caller's thread, before any {@link #load}. By default the loader itself, which then has to be such a one.
     */
    default Loader detached() {
        return this;
    }
}
