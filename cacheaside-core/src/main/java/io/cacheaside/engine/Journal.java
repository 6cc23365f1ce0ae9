package io.cacheaside.engine;

import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The invalidations that the store has not acknowledged, coalesced by key.
 *
 * <ol>
 *   <li>While a key is in it, this JVM does not ask the cache for it.
 *   <li>An entry leaves only for an acknowledgement of a command that was sent after the entry came and asks for all that
 *       the entry asks for.
 *   <li>It is bounded. When it overflows, the cache with the most entries is <em>distrusted</em>: its entries are dropped and
 *       this JVM does not ask for any key of it, until one removal of the whole cache that began afterwards was acknowledged.
 *   <li>Acknowledged removals come back when a master may have lost them ({@link #doubt}). Whoever has an answer of the store
 *       that was asked for before that may not use it: the count of {@link #doubts} tells.
 * </ol>
 */
final class Journal {

    private record Entry(Removing removing, long version, long round) {

        String cache() {
            return removing.stale().cache();
        }
    }

    /**
     * A cache of which no key is asked for.
     *
     * @param from when its removal may begin: replicas that were to settle have caught up by then
     */
    record Distrusted(String cache, long version, long from) {

        private Distrusted and(Distrusted newer) {
            return new Distrusted(cache, newer.version, newer.from - from > 0 ? newer.from : from);
        }
    }

    private static final long FIRST_ROUND = 1;

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Distrusted> distrusted = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong(FIRST_ROUND);
    private final AtomicLong doubts = new AtomicLong();
    private final ReentrantLock overflowing = new ReentrantLock();
    private final int most;
    private final Ticker ticker;

    /** An empty one for {@code most} keys. */
    Journal(int most, Ticker ticker) {
        this.most = most;
        this.ticker = ticker;
    }

    boolean holds(String cache, String key) {
        // the keys first: an overflow names the cache before it drops them
        return (!entries.isEmpty() && entries.containsKey(key))
                || (!distrusted.isEmpty() && distrusted.containsKey(cache));
    }

    boolean isEmpty() {
        return entries.isEmpty() && distrusted.isEmpty();
    }

    boolean hasKeys() {
        return !entries.isEmpty();
    }

    /** Names of the distrusted caches. */
    Set<String> caches() {
        return Set.copyOf(distrusted.keySet());
    }

    int size() {
        return entries.size();
    }

    /** To be read before a command is sent; see {@link #confirm}. */
    long version() {
        return versions.get();
    }

    /**
     * To be read before {@link #holds} is asked and the store after it. If it is another one when the store's answer is there,
     * the answer may be what a lost removal had removed.
     */
    long doubts() {
        return doubts.get();
    }

    /** Adds {@code all} and returns the caches that are distrusted for it from now on. */
    Set<String> add(Collection<Removing> all) {
        for (Removing removing : all) {
            if (!isAddedToItsCache(removing)) {
                Entry mine = new Entry(removing, versions.incrementAndGet(), 0);
                entries.merge(removing.key(), mine, Journal::merged);
            }
        }
        return entries.size() > most ? overflow() : Set.of();
    }

    private boolean isAddedToItsCache(Removing removing) {
        return !distrusted.isEmpty()
                && distrusted.computeIfPresent(
                                removing.stale().cache(),
                                (cache, old) -> old.and(distrusted(
                                        cache, removing.stale().policy().settle())))
                        != null;
    }

    private static Entry merged(Entry old, Entry mine) {
        return new Entry(mine.removing.after(old.removing), Math.max(old.version, mine.version), 0);
    }

    private Distrusted distrusted(String cache, Duration settle) {
        return new Distrusted(cache, versions.incrementAndGet(), ticker.nanos() + settle.toNanos());
    }

    private Set<String> overflow() {
        Set<String> dropped = new HashSet<>();
        overflowing.lock();
        try {
            while (entries.size() > most) {
                String largest = largest();
                distrust(largest, Duration.ZERO);
                dropped.add(largest);
            }
        } finally {
            overflowing.unlock();
        }
        return dropped;
    }

    private String largest() {
        return entries.values().stream()
                .collect(Collectors.groupingBy(Entry::cache, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** Puts all keys of {@code cache} here, which settle for {@code settle} at least; its entries are not needed any more. */
    private void distrust(String cache, Duration settle) {
        Duration longest = entries.values().stream()
                .filter(entry -> entry.cache().equals(cache))
                .map(entry -> entry.removing.stale().policy().settle())
                .reduce(settle, (one, other) -> one.compareTo(other) >= 0 ? one : other);
        distrusted.merge(cache, distrusted(cache, longest), Distrusted::and);
        entries.values().removeIf(entry -> entry.cache().equals(cache));
    }

    /**
     * Acknowledged removals may be undone: {@code removals}, and those of all keys of {@code caches}, which settle for the
     * given times. Returns the caches that are distrusted from now on.
     */
    Set<String> doubt(Collection<Removing> removals, Map<String, Duration> caches) {
        Set<String> before = caches();
        caches.forEach(this::distrust);
        Set<String> now = new HashSet<>(add(removals));
        now.addAll(caches.keySet());
        now.removeAll(before);
        // a removal under way may have been acknowledged by the master that is gone
        distrusted.replaceAll((cache, old) -> old.and(distrusted(cache, Duration.ZERO)));
        // last: whoever sees the new count sees the entries
        doubts.incrementAndGet();
        return now;
    }

    /**
     * Takes out the entry of the key that {@code sent} names if it was there at {@code version} and {@code sent} does what it
     * asks for. True where it is gone by that.
     */
    boolean confirm(Removing sent, long version) {
        boolean[] gone = {false};
        if (!entries.isEmpty()) {
            entries.computeIfPresent(sent.key(), (key, entry) -> {
                gone[0] = entry.version <= version && sent.covers(entry.removing);
                return gone[0] ? null : entry;
            });
        }
        return gone[0];
    }

    /**
     * At most {@code limit} of the entries: those that were never among these, then others, each once in a round. One thread
     * at a time gets a whole round; two may get one entry twice.
     */
    List<Removing> next(int limit) {
        List<Removing> batch = new ArrayList<>();
        take(FIRST_ROUND, limit, batch);
        take(rounds.get(), limit, batch);
        if (batch.isEmpty() && hasKeys()) {
            take(rounds.incrementAndGet(), limit, batch);
        }
        return batch;
    }

    /** Fills {@code batch} up to {@code limit} with entries that were last taken before {@code round}. */
    private void take(long round, int limit, List<Removing> batch) {
        for (Entry waiting : entries.values()) {
            if (batch.size() == limit) {
                return;
            }
            if (waiting.round < round) {
                entries.computeIfPresent(waiting.removing.key(), (key, entry) -> {
                    batch.add(entry.removing);
                    return new Entry(entry.removing, entry.version, rounds.get());
                });
            }
        }
    }

    /** The distrusted caches whose removal may begin. */
    List<Distrusted> due() {
        long now = ticker.nanos();
        return distrusted.values().stream().filter(one -> now - one.from >= 0).toList();
    }

    /** A removal of the whole cache that began when {@code removed} was due is acknowledged. True where it is trusted again. */
    boolean trust(Distrusted removed) {
        return distrusted.computeIfPresent(removed.cache, (cache, one) -> one.version == removed.version ? null : one)
                == null;
    }
}
