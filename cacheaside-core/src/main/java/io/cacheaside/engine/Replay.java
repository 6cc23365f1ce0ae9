package io.cacheaside.engine;

import io.cacheaside.engine.Journal.Distrusted;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.StoreWatch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the journal again until it is acknowledged: keys in batches, distrusted caches as a whole. When the store
 * tells that acknowledged removals may be undone, those of the last minute go back to the journal.
 */
final class Replay implements StoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int BATCH = 1_000;
    private static final int KEYS_TOLD = 20;

    private final CacheStore store;
    private final CacheListener listener;
    private final Journal journal;
    private final Recent recent;
    private final UnaryOperator<String> prefixOf;
    private final Retry keys;
    private final Retry caches;

    /** {@code prefixOf} gives what all keys of a cache begin with. */
    Replay(
            CacheStore store,
            CacheListener listener,
            ScheduledExecutorService timer,
            Journal journal,
            Recent recent,
            UnaryOperator<String> prefixOf) {
        this.store = store;
        this.listener = listener;
        this.journal = journal;
        this.recent = recent;
        this.prefixOf = prefixOf;
        this.keys = new Retry(timer, journal::hasKeys, () -> replayKeys(DEADLINE));
        this.caches = new Retry(timer, () -> !journal.caches().isEmpty(), this::removeCaches);
    }

    /** That of a writer's keys, not sent yet. */
    Sending first(List<Removing> targets, Replacements replacements) {
        return Sending.first(journal, listener, targets, replacements);
    }

    /** Sends {@code sending}. */
    CompletableFuture<Void> send(Sending sending) {
        return sending.to(store, recent);
    }

    /** Takes what a writer could not get acknowledged. */
    void keep(Collection<Removing> unconfirmed) {
        tellDistrusted(journal.add(unconfirmed), "the journal is full");
        keys.soon();
    }

    private void tellDistrusted(Collection<String> distrusted, String why) {
        for (String cache : distrusted) {
            LOG.error(
                    "Cache '{}' is distrusted as a whole ({}): this JVM bypasses all of it until Redis has acknowledged the"
                            + " removal of all its keys, which is tried until it succeeds. Other JVMs may serve old values of"
                            + " it until then. If this does not end, look whether Redis is reachable and lets its user SCAN",
                    cache,
                    why);
            listener.distrusted(cache);
        }
        caches.soon();
    }

    @Override
    public void removalsInDoubt(Predicate<String> accepted) {
        Recent.Doubtful doubtful = recent.among(accepted);
        Collection<String> distrusted = journal.doubt(doubtful.removals(), doubtful.caches());
        if (!doubtful.removals().isEmpty()) {
            Stale.perCache(
                    doubtful.removals().stream().map(Removing::stale).toList(), listener::invalidationUnconfirmed);
            LOG.warn(
                    "{} invalidations of the last minute may be undone: they are repeated, and their keys bypassed here until"
                            + " they are acknowledged again",
                    doubtful.removals().size());
        }
        tellDistrusted(
                distrusted,
                "more of its keys were removed in the last minute than are remembered, and a master changed");
        answersAgain();
        listener.masterChanged();
    }

    @Override
    public void unavailable(int masters) {
        listener.unavailable(masters);
    }

    @Override
    public void answersAgain() {
        keys.now();
        caches.now();
    }

    /** Sends one batch of the journal; true where a part of it was acknowledged in time. Never fails. */
    private CompletableFuture<Boolean> replayKeys(Duration deadline) {
        Sending batch = Sending.replay(journal, listener, BATCH);
        if (batch.size() == 0) {
            return CompletableFuture.completedFuture(true);
        }
        return Waiting.send(() -> batch.to(store, recent))
                .copy()
                .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .handle((done, failure) -> {
                    if (batch.done() > 0) {
                        LOG.info("{} invalidations acknowledged after retry, {} left", batch.done(), journal.size());
                    } else {
                        LOG.debug("Retry of {} invalidations not acknowledged", batch.size(), failure);
                    }
                    return batch.done() > 0;
                });
    }

    /** Removes the distrusted caches, one after the other; true where one was acknowledged. Never fails. */
    private CompletableFuture<Boolean> removeCaches() {
        CompletableFuture<Boolean> achieved = CompletableFuture.completedFuture(false);
        for (Distrusted cache : journal.due()) {
            achieved = achieved.thenCompose(before -> remove(cache).thenApply(done -> before || done));
        }
        return achieved;
    }

    private CompletableFuture<Boolean> remove(Distrusted due) {
        String cache = due.cache();
        recent.noteAll(cache);
        return Waiting.send(() -> store.removeAll(prefixOf.apply(cache))).handle((done, failure) -> {
            if (failure != null) {
                LOG.debug("Removal of all keys of cache '{}' not acknowledged", cache, failure);
                return false;
            }
            // it may have taken longer than a minute
            recent.noteAll(cache);
            if (journal.trust(due)) {
                LOG.info("All keys of cache '{}' were removed: it is used again", cache);
                listener.trusted(cache);
            }
            return true;
        });
    }

    /** Sends what is left once more, for {@code bound} at most, and logs what stays unconfirmed. */
    void flush(Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        int fruitless = 0;
        while (fruitless * BATCH < journal.size() && left(end) > 0) {
            Duration patience = Duration.ofNanos(Math.min(DEADLINE.toNanos(), left(end)));
            fruitless = replayKeys(patience).join() ? 0 : fruitless + 1;
        }
        if (!journal.caches().isEmpty()) {
            Waiting.answer(this::removeCaches, Duration.ofNanos(left(end)));
        }
        if (!journal.isEmpty()) {
            tellLeft();
        }
    }

    private static long left(long end) {
        return Math.max(0, end - System.nanoTime());
    }

    private void tellLeft() {
        List<Removing> some = journal.next(KEYS_TOLD);
        LOG.error(
                "Closed with {} unconfirmed invalidations, among them {} of the caches {}, and without the removal of the"
                        + " distrusted caches {}. Nobody repeats them: other JVMs may serve old values of them until their TTL"
                        + " ends. Durable ones are delivered by a relay",
                journal.size(),
                some.stream().map(Removing::key).toList(),
                some.stream()
                        .map(removing -> removing.stale().cache())
                        .distinct()
                        .toList(),
                journal.caches());
    }
}
