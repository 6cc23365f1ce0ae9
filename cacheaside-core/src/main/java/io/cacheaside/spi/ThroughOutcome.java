package io.cacheaside.spi;

/** What became of the entry that a write-through method was to replace by its result. */
public enum ThroughOutcome {
    /** The result was stored. */
    STORED,
    /**
     * The entry was only removed: another write overlapped, a load or another write had the lease, the method took part in
     * its caller's transaction, there was no result or none that can be written, or its version does not compare.
     */
    REMOVED,
    /** The entry has a newer version than the result and stays. */
    KEPT
}
