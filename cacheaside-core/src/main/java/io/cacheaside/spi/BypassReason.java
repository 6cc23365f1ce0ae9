package io.cacheaside.spi;

/** Why a read ran its method without asking the cache, or without its protection. */
public enum BypassReason {
    /** The annotation's condition was false. */
    CONDITION,
    /** The key contains a null or a value without a stable text. */
    KEY,
    /** The caller's own transaction has begun a write of the key. */
    PENDING,
    /** The cache had no answer, and what the caller's transaction reads may not be shared. */
    TRANSACTION,
    /** An invalidation of the key, or of too many keys of its cache, is not confirmed yet. */
    JOURNAL,
    /** A strict write of the key is under way, or it settles after one. */
    MARK,
    /** Another load took longer than the caller may wait. */
    WAIT,
    /** Waiting for the other load would wait for oneself. */
    CYCLE,
    /** The flight that was joined brought a value that cannot be written, so it cannot be shared either. */
    UNWRITABLE,
    /** The store is known to give no answer, so it was not asked. */
    UNAVAILABLE,
    /** The lease could not be asked for or was refused. */
    LEASE,
    /** The key could not be registered under its tags in time, so what was loaded is not stored. */
    TAG
}
