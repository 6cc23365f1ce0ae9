package io.cacheaside.verification.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What the checker found in one history. Not thread-safe. */
public final class Findings {

    private static final int EXAMPLES = 5;

    private long reads;
    private long writes;
    private long stale;
    private long unborn;
    private long worstNanos;
    private long firstAt = Long.MAX_VALUE;
    private final List<String> examples = new ArrayList<>();
    private final Set<Integer> pardoned = new TreeSet<>();

    /** How many reads were judged. */
    public long reads() {
        return reads;
    }

    /** How many writes there were. */
    public long writes() {
        return writes;
    }

    /** Both together. */
    public long operations() {
        return reads + writes;
    }

    /** Reads older than a write that had returned before them. */
    public long stale() {
        return stale;
    }

    /** Reads of what nobody had written. */
    public long unborn() {
        return unborn;
    }

    /** Wrong reads of both sorts. */
    public long violations() {
        return stale + unborn;
    }

    /** How long the newer version had been there for the stalest read; 0 without stale reads. */
    public long worstNanos() {
        return worstNanos;
    }

    /** When the first wrong read returned. */
    long firstAt() {
        return firstAt;
    }

    /** Some of the wrong reads, one sentence each. */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /** Keys with a version that obliges nobody but its writer: no removal of it was ever acknowledged. */
    public Set<Integer> pardoned() {
        return Set.copyOf(pardoned);
    }

    void pardon(Operation write) {
        pardoned.add(write.key());
    }

    /** Adds what {@code other} found of other reads of the same history. */
    public void addReads(Findings other) {
        reads += other.reads;
        stale += other.stale;
        unborn += other.unborn;
        worstNanos = Math.max(worstNanos, other.worstNanos);
        firstAt = Math.min(firstAt, other.firstAt);
        examples.addAll(other.examples);
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
                "key %d: a read in JVM %d returned version %d, %.3f ms after a newer one obliged it (by then %d)",
                read.key(),
                read.jvm(),
                read.version(),
                nanos / 1e6,
                least);
    }

    void unborn(Operation read, int most) {
        unborn++;
        wrong(
                read,
                "key %d: a read in JVM %d returned version %d, but only %d had been begun",
                read.key(),
                read.jvm(),
                read.version(),
                most);
    }

    private void wrong(Operation read, String text, Object... arguments) {
        firstAt = Math.min(firstAt, read.returned());
        if (examples.size() < EXAMPLES) {
            examples.add(String.format(Locale.ROOT, text, arguments));
        }
    }
}
