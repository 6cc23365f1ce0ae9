package io.cacheaside.engine;

import io.cacheaside.error.StrictWriteException;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The mark that one write has on the strict keys it is about to make stale. While it stands nothing is stored under
 * them, so that not even a writer that dies after its commit leaves something old behind.
 * <ol>
 *   <li>It is acknowledged before the write can be visible; otherwise the write fails.
 *   <li>It is prolonged every third of its lifetime while the write goes on, however long that takes. A prolongation is
 *       the same command, so it also brings back a mark that was lost.
 *   <li>It is dropped by the invalidation that follows the write, or after a rollback by one of its own. If neither
 *       comes through it ends by itself.
 * </ol>
 * Used by the write's thread; the timer only prolongs.
 */
final class Mark {

    private final Marks marks;
    private final long token;
    private volatile Map<String, Stale> marked = Map.of();
    private volatile boolean over;
    private @Nullable Future<?> prolonging;

    Mark(Marks marks, long token) {
        this.marks = marks;
        this.token = token;
    }

    /**
     * Marks the strict ones among {@code stale}, all in one trip; none where this mark is on all of them already.
     *
     * @throws StrictWriteException where that is not acknowledged in time (1); then it is on none of the new ones, or ends
     *     soon
     */
    void set(Collection<Stale> stale) {
        List<Stale> more = Stale.merged(stale).stream()
                .filter(key -> key.policy().strict() && !isOn(key.key()))
                .toList();
        if (more.isEmpty()) {
            return;
        }
        Duration timeout = Stale.timeout(more);
        Duration deadline = timeout.compareTo(marks.ttl()) < 0 ? timeout : marks.ttl();
        Waiting.Answer<Void> answer = Waiting.uninterruptibly(() -> send(more), deadline);
        Throwable failure = answer.failure();
        if (failure != null) {
            Stale.perCache(more, marks.listener()::markFailed);
            drop(more);
            throw new StrictWriteException(message(more, failure), failure);
        }
        Stale.perCache(more, marks.listener()::marked);
        Map<String, Stale> all = new LinkedHashMap<>(marked);
        more.forEach(key -> all.put(key.key(), key));
        marked = all;
        prolong();
    }

    private static String message(List<Stale> keys, Throwable failure) {
        return "The write was stopped before it happened: the store did not acknowledge the mark of "
                + keys.stream().map(Stale::key).toList() + " (" + failure
                + "). With strict = true nobody may keep an old value even if this process dies now, which needs the"
                + " store. Where the write has to succeed without it set strict = false, or durable = true instead";
    }

    private CompletableFuture<Void> send(Collection<Stale> keys) {
        return marks.store().mark(keys.stream().map(Stale::key).toList(), token, marks.ttl());
    }

    private void prolong() {
        if (prolonging != null) {
            return;
        }
        long period = marks.ttl().toNanos() / 3;
        try {
            prolonging = marks.timer().scheduleAtFixedRate(this::beat, period, period, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the client is closed: the mark stands for its lifetime
        }
    }

    private void beat() {
        if (over) {
            return;
        }
        Collection<Stale> keys = marked.values();
        Waiting.send(() -> send(keys)).whenComplete((done, failure) -> {
            if (over) {
                // it may have executed after the invalidation that dropped the mark
                drop(keys);
            }
        });
    }

    /** The removal of {@code stale} and of all marked keys, which drops this mark. It is not prolonged any more. */
    List<Removing> removal(Collection<Stale> stale) {
        end();
        Collection<Stale> all = new ArrayList<>(stale);
        all.addAll(marked.values());
        return Stale.merged(all).stream()
                .map(key -> new Removing(key, isOn(key.key()) ? token : Removal.NO_MARK))
                .toList();
    }

    /** Drops this mark after a write that did not happen. Not waited for: it ends by itself. */
    void drop() {
        end();
        drop(marked.values());
    }

    private void drop(Collection<Stale> keys) {
        if (!keys.isEmpty()) {
            List<Removal> removals = keys.stream()
                    .map(key -> new Removal(key.key(), token, Duration.ZERO))
                    .toList();
            Waiting.send(() -> marks.store().remove(removals));
        }
    }

    private void end() {
        over = true;
        if (prolonging != null) {
            prolonging.cancel(false);
        }
    }

    private boolean isOn(String key) {
        return marked.containsKey(key);
    }
}
