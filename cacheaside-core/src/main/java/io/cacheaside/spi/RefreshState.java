package io.cacheaside.spi;

/** What becomes of a load in the background. Each that was started ends in one of the four that follow it. */
public enum RefreshState {
    /** The lease was taken, and the method is about to run. */
    STARTED,
    /** The new value was stored. */
    STORED,
    /** The new value was not stored, because an invalidation came between or the lease was lost. */
    VOIDED,
    /** There is no new value, or none that may be stored, so the old one was removed. */
    REMOVED,
    /** The method threw, or the store did not answer. The old value was left. */
    FAILED,
    /** Too many loads in the background wait already, so this one was not begun. */
    REJECTED
}
