package io.cacheaside.error;

/**
 * A value that cannot be written, or bytes that cannot be read. Never reaches a caller: an unreadable entry is a miss,
 * an unwritable value is returned and not stored.
 */
public final class CodecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception that says what could not be written or read. */
    public CodecException(String message) {
        super(message);
    }

    /** An exception that says what could not be written or read, with the codec's own reason. */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
