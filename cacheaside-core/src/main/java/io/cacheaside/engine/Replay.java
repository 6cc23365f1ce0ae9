package io.cacheaside.engine;

import io.cacheaside.engine.Journal.Distrusted;
import io.cacheaside.engine.KeyGroup.WholeCache;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the journal again until it is acknowledged: keys in batches, distrusted groups as a whole. When the store
 * tells that acknowledged removals may be undone, those of the last minute go back to the journal.
 */
final class Replay implements StoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final String DISTRUST =
            "This JVM distrusts {} ({}) and bypasses each cache that may have some until Redis"
                    + " has acknowledged their removal, which is tried until it succeeds. Other JVMs may serve old values of them until"
                    + " then. If this does not end, look whether Redis is reachable and allows its user what docs/operations.md lists"
                    + " under 'Access lists'";
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int BATCH = 1_000;
    private static final int KEYS_TOLD = 20;

    private final CacheStore store;
    private final CacheListener listener;
    private final Journal journal;
    private final Recent recent;
    private final GroupRemovals removals;
    private final Retry keys;
    private final Retry groups;
    private final LogOnce log = new LogOnce(LoggerFactory.getLogger(Invalidations.class));

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
        this.removals = new GroupRemovals(store, listener, recent, prefixOf);
        this.keys = new Retry(timer, journal::hasKeys, () -> replayKeys(DEADLINE));
        this.groups = new Retry(timer, journal::hasGroups, this::removeGroups);
    }

    /** That of a writer's keys, not sent yet. */
    Sending first(List<Removing> targets, Replacements replacements) {
        return Sending.first(journal, listener, targets, replacements);
    }

    /** Sends {@code sending}. */
    CompletableFuture<Void> send(Sending sending) {
        return sending.to(store, recent);
    }

    /** Takes what a writer, or the background, could not get acknowledged for {@code failure}, and tells so. */
    void unconfirmed(List<Removing> removals, @Nullable Throwable failure) {
        keep(removals);
        Stale.perCache(removals.stream().map(Removing::stale).toList(), listener::invalidationUnconfirmed);
        log.error(
                "unconfirmed",
                "Invalidation of {} keys not acknowledged by the store, among them {}; this JVM bypasses the cache for these keys"
                        + " and retries, other JVMs may serve them until it is acknowledged or their TTL ends ({})",
                removals.size(),
                removals.stream().map(Removing::key).limit(KEYS_TOLD).toList(),
                String.valueOf(failure));
    }

    /** Takes what could not be acknowledged. */
    void keep(Collection<Removing> unconfirmed) {
        tellDistrusted(journal.add(unconfirmed), "the journal is full");
        keys.soon();
    }

    /** Removes {@code group}; completes when a removal that began after this call is acknowledged. */
    CompletableFuture<Void> remove(KeyGroup group) {
        return removals.remove(group);
    }

    /** Takes the groups whose removal a writer could not get acknowledged. */
    void keepGroups(Collection<KeyGroup> unconfirmed) {
        tellDistrusted(journal.addGroups(unconfirmed), "their removal was not acknowledged");
    }

    private void tellDistrusted(Collection<KeyGroup> distrusted, String why) {
        for (KeyGroup group : distrusted) {
            if (group instanceof WholeCache whole) {
                LOG.error(DISTRUST, group, why);
                listener.distrusted(whole.cache());
            } else {
                // there may be many of them
                log.error("tags", DISTRUST, group, why);
            }
        }
        groups.soon();
    }

    @Override
    public void removalsInDoubt(Predicate<String> accepted) {
        Recent.Doubtful doubtful = recent.among(accepted);
        Collection<KeyGroup> distrusted = journal.doubt(doubtful.removals(), doubtful.groups());
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
                "they were removed in the last minute as a whole, or more of them than are remembered, and a master changed");
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
        groups.now();
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

    /** Removes the distrusted groups, one after the other; true where one was acknowledged. Never fails. */
    private CompletableFuture<Boolean> removeGroups() {
        CompletableFuture<Boolean> achieved = CompletableFuture.completedFuture(false);
        for (Distrusted due : journal.due()) {
            achieved = achieved.thenCompose(before -> remove(due).thenApply(done -> before || done));
        }
        return achieved;
    }

    private CompletableFuture<Boolean> remove(Distrusted due) {
        return remove(due.group()).handle((done, failure) -> {
            if (failure != null) {
                LOG.debug("The removal of {} was not acknowledged", due.group(), failure);
                return false;
            }
            if (journal.trust(due)) {
                LOG.info("Removed {}: the cache is used for them again", due.group());
                if (due.group() instanceof WholeCache whole) {
                    listener.trusted(whole.cache());
                }
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
        if (journal.hasGroups()) {
            Waiting.answer(this::removeGroups, Duration.ofNanos(left(end)));
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
                        + " distrusted {}. Nobody repeats them: other JVMs may serve old values of them until their TTL"
                        + " ends. Durable ones are delivered by a relay",
                journal.size(),
                some.stream().map(Removing::key).toList(),
                some.stream()
                        .map(removing -> removing.stale().cache())
                        .distinct()
                        .toList(),
                journal.groups());
    }
}
