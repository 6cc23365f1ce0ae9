package io.cacheaside.error;

import org.jspecify.annotations.Nullable;

/**
 * A write has happened, and the store did not acknowledge the removal of its keys in time. The removal is repeated until it
 * is acknowledged; until then this JVM bypasses the cache for the keys, and other JVMs may serve the old values. Thrown
 * where the write asks for it ({@code onUnconfirmed = THROW}), after its commit: nothing is rolled back.
 */
public final class UnconfirmedInvalidationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception that names the keys, with the store's own reason. */
    public UnconfirmedInvalidationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
