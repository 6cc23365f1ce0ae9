package io.cacheaside.error;

import org.jspecify.annotations.Nullable;

/** A command that was not sent, because the store is known to give no answer. Has no stack trace: there may be many. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** An exception whose message names the server. */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
