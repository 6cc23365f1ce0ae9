package io.cacheaside.policy;

/** How a cache loads a miss for a caller whose transaction reads what others may not get. */
public enum InsideTransaction {
    /** The method runs in the caller's transaction, and nothing is stored. */
    BYPASS,
    /** The method runs in a short read-only READ COMMITTED transaction of its own, and its result is stored. */
    NEW_READ_TX
}
