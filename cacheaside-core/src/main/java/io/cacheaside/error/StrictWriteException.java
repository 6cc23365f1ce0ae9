package io.cacheaside.error;

/**
 * A strict write was stopped before it happened, because its keys could not be marked. Outside a transaction the method
 * has not run; inside one its commit did not take place and it rolls back. The call may be repeated.
 */
public final class StrictWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception that says what stood in the way, and what to set instead. */
    public StrictWriteException(String message) {
        super(message);
    }

    /** An exception that says what stood in the way, and what to set instead, with the store's own reason. */
    public StrictWriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
