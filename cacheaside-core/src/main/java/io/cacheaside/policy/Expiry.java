package io.cacheaside.policy;

/** What the lifetime of a stored value is counted from. */
public enum Expiry {
    /** From the fill: a value lives for {@code ttl}. */
    AFTER_WRITE,
    /** From the last hit: a value that nobody reads for {@code ttl} is gone, and every one after {@code maxLifetime}. */
    AFTER_ACCESS
}
