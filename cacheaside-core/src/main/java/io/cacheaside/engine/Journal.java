package io.cacheaside.engine;

import io.cacheaside.engine.KeyGroup.WholeCache;
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
import org.jspecify.annotations.Nullable;

/**
 * The invalidations that the store has not acknowledged, coalesced by key.
 *
 * <ol>
 *   <li>While a key is in it, this JVM does not ask the cache for it.
 *   <li>An entry leaves only for an acknowledgement of a command that was sent after the entry came and asks for all that
 *       the entry asks for.
 *   <li>It is bounded. When it overflows, the cache with the most entries is <em>distrusted</em>: its entries are dropped and
 *       this JVM does not ask for any key of it, until one removal of the whole cache that began afterwards was acknowledged.
 *       So is a group of keys whose own removal was not acknowledged; of more tags than are kept, all keys with tags.
 *   <li>Acknowledged removals come back when a master may have lost them ({@link #doubt}). Whoever has an answer of the store
 *       that was asked for before that may not use it: the count of {@link #doubts} tells.
 * </ol>
 */
final class Journal {

    private record Entry(Removing removing, long version, long round) {

        String cache() {
            return removing.stale().cache();
        }

        /** True where a removal of {@code group} removes it for sure. */
        boolean isIn(KeyGroup group) {
            return group instanceof WholeCache whole && whole.mayHold(cache());
        }
    }

    /**
     * A group of which no key is asked for.
     *
     * @param from when its removal may begin: replicas that were to settle have caught up by then
     */
    record Distrusted(KeyGroup group, long version, long from) {

        private Distrusted and(Distrusted newer) {
            return new Distrusted(group, newer.version, newer.from - from > 0 ? newer.from : from);
        }
    }

    private static final long FIRST_ROUND = 1;

    /** Beyond it tags are not kept one by one. */
    private static final int MOST_GROUPS = 1_000;

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<KeyGroup, Distrusted> distrusted = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong(FIRST_ROUND);
    private final AtomicLong doubts = new AtomicLong();
    private final ReentrantLock overflowing = new ReentrantLock();
    private final int most;
    private final Ticker ticker;
    /** What stands for too many tags; null until there were. */
    private volatile @Nullable KeyGroup anyTag;

    /** An empty one for {@code most} keys. */
    Journal(int most, Ticker ticker) {
        this.most = most;
        this.ticker = ticker;
    }

    boolean holds(String cache, String key) {
        // the keys first: an overflow names the cache before it drops them
        return (!entries.isEmpty() && entries.containsKey(key))
                || (!distrusted.isEmpty() && (KeyGroup.anyMayHold(distrusted.keySet(), cache) || mayHoldAnyTag(cache)));
    }

    /** Of too many tags: a look at all groups that had begun before may have missed it, and then the tags that it stands for. */
    private boolean mayHoldAnyTag(String cache) {
        KeyGroup any = anyTag;
        return any != null && distrusted.containsKey(any) && any.mayHold(cache);
    }

    boolean isEmpty() {
        return entries.isEmpty() && distrusted.isEmpty();
    }

    boolean hasKeys() {
        return !entries.isEmpty();
    }

    boolean hasGroups() {
        return !distrusted.isEmpty();
    }

    /** The distrusted groups. */
    Set<KeyGroup> groups() {
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

    /** Adds {@code all} and returns the groups that are distrusted for it from now on. */
    Set<KeyGroup> add(Collection<Removing> all) {
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
                                new WholeCache(removing.stale().cache()),
                                (group, old) -> old.and(distrusted(
                                        group, removing.stale().policy().settle())))
                        != null;
    }

    private static Entry merged(Entry old, Entry mine) {
        return new Entry(mine.removing.after(old.removing), Math.max(old.version, mine.version), 0);
    }

    /** Adds {@code all}, which were not acknowledged, and returns those that are distrusted from now on. */
    Set<KeyGroup> addGroups(Collection<KeyGroup> all) {
        Set<KeyGroup> added = new HashSet<>(all);
        added.removeAll(groups());
        all.forEach(group -> distrusted.merge(group, distrusted(group, Duration.ZERO), Distrusted::and));
        joinTags();
        return added;
    }

    /** Too many tags are one group, which is here before they are dropped. */
    private void joinTags() {
        if (distrusted.size() <= MOST_GROUPS) {
            return;
        }
        List<KeyGroup.Tag> tags = distrusted.keySet().stream()
                .filter(KeyGroup.Tag.class::isInstance)
                .map(KeyGroup.Tag.class::cast)
                .toList();
        if (!tags.isEmpty()) {
            KeyGroup any = tags.get(0).any();
            anyTag = any;
            distrusted.merge(any, distrusted(any, Duration.ZERO), Distrusted::and);
            tags.forEach(distrusted::remove);
        }
    }

    private Distrusted distrusted(KeyGroup group, Duration settle) {
        return new Distrusted(group, versions.incrementAndGet(), ticker.nanos() + settle.toNanos());
    }

    private Set<KeyGroup> overflow() {
        Set<KeyGroup> dropped = new HashSet<>();
        overflowing.lock();
        try {
            while (entries.size() > most) {
                KeyGroup largest = new WholeCache(largest());
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

    /** Puts all keys of {@code group} here, which settle for {@code settle} at least; a cache's entries are not needed any more. */
    private void distrust(KeyGroup group, Duration settle) {
        Duration longest = entries.values().stream()
                .filter(entry -> entry.isIn(group))
                .map(entry -> entry.removing.stale().policy().settle())
                .reduce(settle, (one, other) -> one.compareTo(other) >= 0 ? one : other);
        distrusted.merge(group, distrusted(group, longest), Distrusted::and);
        entries.values().removeIf(entry -> entry.isIn(group));
    }

    /**
     * Acknowledged removals may be undone: {@code removals}, and those of all keys of {@code groups}, which settle for the
     * given times. Returns the groups that are distrusted from now on.
     */
    Set<KeyGroup> doubt(Collection<Removing> removals, Map<KeyGroup, Duration> groups) {
        Set<KeyGroup> before = groups();
        groups.forEach(this::distrust);
        joinTags();
        Set<KeyGroup> now = new HashSet<>(add(removals));
        now.addAll(groups.keySet());
        now.removeAll(before);
        // a removal under way may have been acknowledged by the master that is gone
        distrusted.replaceAll((group, old) -> old.and(distrusted(group, Duration.ZERO)));
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

    /** The distrusted groups whose removal may begin. */
    List<Distrusted> due() {
        long now = ticker.nanos();
        return distrusted.values().stream().filter(one -> now - one.from >= 0).toList();
    }

    /** A removal of the whole group that began when {@code removed} was due is acknowledged. True where it is trusted again. */
    boolean trust(Distrusted removed) {
        return distrusted.computeIfPresent(removed.group, (group, one) -> one.version == removed.version ? null : one)
                == null;
    }
}
