package io.cacheaside.verification;

import java.util.Arrays;

/** Ranks of measured values; by the nearest rank, so each is a value that was measured. */
public final class Percentiles {

    private final long[] sorted;

    /** Ranks of {@code values}; at least one. */
    public Percentiles(long[] values) {
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The value that {@code percent} of all do not exceed. */
    public long at(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank - 1, 0)];
    }
}
