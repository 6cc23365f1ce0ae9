package io.cacheaside.engine;

import io.cacheaside.spi.Removal;

/**
 * A key that is being invalidated.
 *
 * @param mark token of its write's mark on it, or {@link Removal#NO_MARK}
 */
record Removing(Stale stale, long mark) {

    /** A removal that drops no mark. */
    static Removing unmarked(Stale stale) {
        return new Removing(stale, Removal.NO_MARK);
    }

    String key() {
        return stale.key();
    }

    Removal command() {
        return new Removal(stale.key(), mark, stale.policy().settle());
    }

    /** True where this removal does all that {@code other} of the same key asks for. */
    boolean covers(Removing other) {
        return (other.mark == Removal.NO_MARK || other.mark == mark)
                && stale.policy().settle().compareTo(other.stale.policy().settle()) >= 0;
    }

    /** What a retry asks for in place of an earlier one and this; an earlier mark is left to end by itself. */
    Removing after(Removing earlier) {
        return new Removing(stale.and(earlier.stale()), mark == Removal.NO_MARK ? earlier.mark() : mark);
    }
}
