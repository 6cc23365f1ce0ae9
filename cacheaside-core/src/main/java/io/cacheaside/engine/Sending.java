package io.cacheaside.engine;

import io.cacheaside.engine.Replacement.Store;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.ThroughOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One command that removes keys, and what of it is not acknowledged yet. A key that is leaves the journal at once, whatever
 * becomes of the others; also long after the sender has stopped waiting, unless it has {@linkplain #giveUp given up}.
 */
final class Sending {

    private final Journal journal;
    private final CacheListener listener;
    private final List<Removing> all;
    private final long version;
    private final boolean replayed;
    private final Replacements replacements;
    private final ConcurrentHashMap<String, Removing> left = new ConcurrentHashMap<>();

    private Sending(
            Journal journal,
            CacheListener listener,
            long version,
            List<Removing> all,
            boolean replayed,
            Replacements replacements) {
        this.journal = journal;
        this.listener = listener;
        this.version = version;
        this.all = all;
        this.replayed = replayed;
        this.replacements = replacements;
        all.forEach(removing -> left.put(removing.key(), removing));
    }

    /** That of a writer's keys; {@code replacements} is prepared. */
    static Sending first(Journal journal, CacheListener listener, List<Removing> keys, Replacements replacements) {
        return new Sending(journal, listener, journal.version(), keys, false, replacements);
    }

    /** That of the next {@code limit} keys of the journal. */
    static Sending replay(Journal journal, CacheListener listener, int limit) {
        // before the batch is taken: what a newer entry asks for is not in this command
        long version = journal.version();
        return new Sending(journal, listener, version, journal.next(limit), true, new Replacements(listener));
    }

    /** Sends it; the removals are noted in {@code recent} before. */
    CompletableFuture<Void> to(CacheStore store, Recent recent) {
        recent.note(all);
        List<CompletableFuture<?>> sent = new ArrayList<>();
        List<Removal> removals = new ArrayList<>();
        for (Removing removing : all) {
            Store stored = replacements.of(removing.key());
            if (stored == null) {
                removals.add(removing.command());
            } else {
                sent.add(replace(store, removing.key(), stored));
            }
        }
        if (!removals.isEmpty()) {
            sent.add(store.remove(removals, this::acknowledged));
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> replace(CacheStore store, String key, Store stored) {
        return Waiting.send(() -> store.replace(key, stored.holder(), stored.frame(), stored.ttl()))
                .thenAccept(done -> replaced(key, done ? ThroughOutcome.STORED : ThroughOutcome.REMOVED));
    }

    /** Where it was stored an older entry of the journal stays: the lease may stand because that removal never came. */
    private void replaced(String key, ThroughOutcome outcome) {
        Removing removing = left.remove(key);
        if (removing == null) {
            return;
        }
        if (outcome == ThroughOutcome.REMOVED) {
            journal.confirm(removing, version);
        }
        listener.invalidated(removing.stale().cache(), 1);
        listener.wroteThrough(removing.stale().cache(), outcome);
    }

    private void acknowledged(Collection<Removal> removals) {
        List<Stale> counted = new ArrayList<>();
        for (Removal removal : removals) {
            Removing removing = left.remove(removal.key());
            if (removing != null && (journal.confirm(removing, version) || !replayed)) {
                counted.add(removing.stale());
            }
        }
        Stale.perCache(counted, listener::invalidated);
    }

    int size() {
        return all.size();
    }

    /** How many are acknowledged by now. */
    int done() {
        return all.size() - left.size();
    }

    /** What is not acknowledged. An acknowledgement that comes later counts for nothing. */
    List<Removing> giveUp() {
        return all.stream()
                .filter(removing -> left.remove(removing.key()) != null)
                .toList();
    }
}
