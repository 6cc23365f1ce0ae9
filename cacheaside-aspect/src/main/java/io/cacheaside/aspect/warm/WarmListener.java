package io.cacheaside.aspect.warm;

/** Is told of the runs of a warmer, on the thread of the run. Must not throw. */
public interface WarmListener {

    /** A run begins; no call was made yet. */
    default void begun() {}

    /** A run has ended, however. Told once for each {@link #begun}. */
    default void ended(WarmReport report) {}
}
