package io.cacheaside.engine;

import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The removals of the last minute, coalesced by key: a master that takes over may not have got them, although they were
 * acknowledged.
 *
 * <ol>
 *   <li>They lie in spans of time. A removal is put into the newest span, and a span that is over long enough is forgotten as
 *       a whole: one entry in a map for each removed key, no scan, no timer.
 *   <li>A removal of keys is noted before it is sent, so that none is acknowledged that is not here; one of a group, which may
 *       take longer than a minute, when it is over ({@link GroupRemovals}).
 *   <li>A span is bounded. The caches of the keys that it had no place for are noted in their place: they are in doubt as a
 *       whole when anything is. So are all keys with tags where there were too many tags.
 * </ol>
 */
final class Recent {

    private static final long SPAN_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long KEPT_NANOS = Duration.ofSeconds(60).toNanos();

    private record Span(
            long end, ConcurrentHashMap<String, Removing> removals, ConcurrentHashMap<KeyGroup, Duration> groups) {

        Span(long end) {
            this(end, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /** What a lost minute may have undone: some keys, and some groups of keys, with the longest time to settle. */
    record Doubtful(List<Removing> removals, Map<KeyGroup, Duration> groups) {}

    private final int mostPerSpan;
    private final Ticker ticker;
    private final ReentrantLock beginning = new ReentrantLock();
    private final AtomicLong doubts = new AtomicLong();
    /** The newest first; never empty. */
    private volatile List<Span> spans;

    /** An empty one with room for {@code mostPerSpan} keys in each 20 s. */
    Recent(int mostPerSpan, Ticker ticker) {
        this.mostPerSpan = mostPerSpan;
        this.ticker = ticker;
        this.spans = List.of(new Span(ticker.nanos() + SPAN_NANOS));
    }

    /** {@code all} are about to be sent. */
    void note(Collection<Removing> all) {
        Span span = newest();
        for (Removing removing : all) {
            if (span.removals.size() < mostPerSpan || span.removals.containsKey(removing.key())) {
                span.removals.merge(removing.key(), removing, (old, mine) -> mine.after(old));
            } else {
                KeyGroup cache = new KeyGroup.WholeCache(removing.stale().cache());
                span.groups.merge(cache, removing.stale().policy().settle(), Recent::longer);
            }
        }
    }

    /**
     * How often removals have come into doubt. Who notes one that is over and then finds the number from before it began knows
     * that every later doubt finds the note, and that none has come meanwhile.
     */
    long doubts() {
        return doubts.get();
    }

    /** All keys of {@code group} have been removed. */
    void noteAll(KeyGroup group) {
        Span span = newest();
        boolean fits = span.groups.size() < mostPerSpan || span.groups.containsKey(group);
        KeyGroup noted = !fits && group instanceof KeyGroup.Tag tag ? tag.any() : group;
        span.groups.merge(noted, Duration.ZERO, Recent::longer);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Span newest() {
        Span span = spans.get(0);
        return ticker.nanos() - span.end < 0 ? span : begin();
    }

    private Span begin() {
        beginning.lock();
        try {
            long time = ticker.nanos();
            if (time - spans.get(0).end >= 0) {
                List<Span> next = new ArrayList<>();
                next.add(new Span(time + SPAN_NANOS));
                spans.stream().filter(span -> isKept(span, time)).forEach(next::add);
                spans = List.copyOf(next);
            }
            return spans.get(0);
        } finally {
            beginning.unlock();
        }
    }

    private static boolean isKept(Span span, long time) {
        return time - span.end < KEPT_NANOS;
    }

    /**
     * A master may have lost removals: what the last minute has removed of the keys that {@code keys} accepts, the oldest first,
     * and each group that is noted as a whole.
     */
    Doubtful among(Predicate<String> keys) {
        // before the look: see doubts()
        doubts.incrementAndGet();
        long time = ticker.nanos();
        List<Removing> removals = new ArrayList<>();
        Map<KeyGroup, Duration> groups = new HashMap<>();
        List<Span> newestFirst = spans;
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            Span span = newestFirst.get(i);
            if (isKept(span, time)) {
                span.groups.forEach((group, settle) -> groups.merge(group, settle, Recent::longer));
                span.removals.values().stream()
                        .filter(removing -> keys.test(removing.key()))
                        .forEach(removals::add);
            }
        }
        return new Doubtful(removals, groups);
    }
}
