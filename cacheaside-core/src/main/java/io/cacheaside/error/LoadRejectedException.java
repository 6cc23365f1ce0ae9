package io.cacheaside.error;

/**
 * A load that did not run, because {@code max-loads} others of its cache ran in this JVM for as long as the caller might
 * wait. Only where {@code reject-loads} asks for it.
 */
public final class LoadRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** An exception whose message names the cache, the bound and what to change. */
    public LoadRejectedException(String message) {
        super(message);
    }
}
