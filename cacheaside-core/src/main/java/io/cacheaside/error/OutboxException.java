package io.cacheaside.error;

/**
 * A durable invalidation could not be noted. The message names what to do. Where it comes before a write, nothing was
 * written; where it comes before a commit, the transaction rolls back.
 */
public final class OutboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A refusal without a cause. */
    public OutboxException(String message) {
        super(message);
    }

    /** A refusal because of {@code cause}. */
    public OutboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
