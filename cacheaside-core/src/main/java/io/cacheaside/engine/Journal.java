package io.cacheaside.engine;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The invalidations that the store has not acknowledged, coalesced by key. While a key is in it, this JVM does not ask
 * the cache for it. An entry leaves only for an acknowledgement of a command that was sent after the entry came.
 */
final class Journal {

    private record Entry(Stale stale, long version) {}

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    boolean holds(String key) {
        return !entries.isEmpty() && entries.containsKey(key);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** To be read before a command is sent; see {@link #confirm}. */
    long version() {
        return versions.get();
    }

    void add(Collection<Stale> all) {
        for (Stale stale : all) {
            Entry mine = new Entry(stale, versions.incrementAndGet());
            entries.merge(stale.key(), mine, (old, newer) -> old.version() > newer.version() ? old : newer);
        }
    }

    /** Takes out the entries of {@code keys} that were there at {@code version}; a newer one stays. */
    void confirm(Collection<String> keys, long version) {
        if (entries.isEmpty()) {
            return;
        }
        for (String key : keys) {
            entries.computeIfPresent(key, (k, entry) -> entry.version() <= version ? null : entry);
        }
    }

    /** At most {@code limit} of the keys, in no particular order. */
    List<Stale> some(int limit) {
        return entries.values().stream().limit(limit).map(Entry::stale).toList();
    }
}
