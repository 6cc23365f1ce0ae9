package io.cacheaside.verification.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the checker found in one history. Not thread-safe. */
final class Findings {

    private static final int EXAMPLES = 5;

    private long reads;
    private long writes;
    private long stale;
    private long unborn;
    private long worstNanos;
    private long firstAt = Long.MAX_VALUE;
    private final List<String> examples = new ArrayList<>();

    long reads() {
        return reads;
    }

    long writes() {
        return writes;
    }

    long operations() {
        return reads + writes;
    }

    /** Reads older than a write that had returned before them. */
    long stale() {
        return stale;
    }

    /** Reads of what nobody had written. */
    long unborn() {
        return unborn;
    }

    long violations() {
        return stale + unborn;
    }

    /** How long the newer version had been there for the stalest read; 0 without stale reads. */
    long worstNanos() {
        return worstNanos;
    }

    /** When the first wrong read returned. */
    long firstAt() {
        return firstAt;
    }

    /** Some of the wrong reads, one sentence each. */
    List<String> examples() {
        return List.copyOf(examples);
    }

    void write(Operation write) {
        writes++;
    }

    void read(Operation read) {
        reads++;
    }

    void stale(Operation read, int least, long nanos) {
        stale++;
        worstNanos = Math.max(worstNanos, nanos);
        wrong(
                read,
                "key %d: a read returned version %d, %.3f ms after the write of a newer one had returned (by then %d)",
                read.key(),
                read.version(),
                nanos / 1e6,
                least);
    }

    void unborn(Operation read, int most) {
        unborn++;
        wrong(read, "key %d: a read returned version %d, but only %d had been begun", read.key(), read.version(), most);
    }

    private void wrong(Operation read, String text, Object... arguments) {
        firstAt = Math.min(firstAt, read.returned());
        if (examples.size() < EXAMPLES) {
            examples.add(String.format(Locale.ROOT, text, arguments));
        }
    }
}
