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

    private record Entry(Removing removing, long version) {}

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

    void add(Collection<Removing> all) {
        for (Removing removing : all) {
            long version = versions.incrementAndGet();
            entries.merge(
                    removing.key(),
                    new Entry(removing, version),
                    (old, mine) -> new Entry(mine.removing().after(old.removing()), Math.max(old.version(), version)));
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

    /** At most {@code limit} of the entries, in no particular order. */
    List<Removing> some(int limit) {
        return entries.values().stream().limit(limit).map(Entry::removing).toList();
    }
}
