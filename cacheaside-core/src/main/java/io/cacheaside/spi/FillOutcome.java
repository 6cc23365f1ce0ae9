package io.cacheaside.spi;

/** What became of a conditional store after a load. */
public enum FillOutcome {
    /** The value was stored; the lease is free again. */
    STORED,
    /** Nothing was stored: the lease had been revoked by an invalidation, had expired or was lost. */
    REVOKED,
    /** Nothing was stored: a mark stands on the key, so a write is under way or has just been. */
    MARKED
}
