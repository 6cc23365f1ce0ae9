package io.cacheaside.engine;

import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes keys after writes. Every key ends in one of two states before the writer goes on: the store has acknowledged
 * its removal, or the journal holds it (then this JVM bypasses the cache for it, and the removal is retried until it is
 * acknowledged).
 */
public final class Invalidations {

    private static final Logger LOG = LoggerFactory.getLogger(Invalidations.class);
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final int RETRY_BATCH = 1_000;

    private final CacheStore store;
    private final TransactionBoundary transactions;
    private final CacheListener listener;
    private final ScheduledExecutorService timer;
    private final Journal journal;
    private final TransactionWrites inTransactions = new TransactionWrites(this);
    private final AtomicBoolean retrying = new AtomicBoolean();

    Invalidations(
            CacheStore store,
            TransactionBoundary transactions,
            CacheListener listener,
            ScheduledExecutorService timer,
            Journal journal) {
        this.store = store;
        this.transactions = transactions;
        this.listener = listener;
        this.timer = timer;
        this.journal = journal;
    }

    /**
     * Begins a write that will make {@code keys} stale, possibly among others: those that are known on its entry. Inside
     * a transaction its own reads of them bypass the cache from now on.
     */
    public Write begin(Collection<Stale> keys) {
        Transaction transaction = transactions.current();
        return transaction == null ? this::finished : inTransactions.begin(transaction, keys);
    }

    private void finished(Collection<Stale> keys) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            send(Stale.merged(keys));
        } else {
            // the method began a transaction and left it to its caller
            inTransactions.begin(transaction, keys).finished(keys);
        }
    }

    /** True where {@code transaction} has begun a write of any key. */
    boolean isPending(Transaction transaction) {
        return inTransactions.holdsAny(transaction);
    }

    /** True where {@code transaction} has begun a write of {@code key}. */
    boolean isPending(Transaction transaction, String key) {
        return inTransactions.holds(transaction, key);
    }

    /** Removes {@code targets} in one trip; each key of them stands there once. */
    void send(List<Stale> targets) {
        if (targets.isEmpty()) {
            return;
        }
        long version = journal.version();
        List<String> keys = keys(targets);
        Waiting.Answer<Void> answer = Waiting.uninterruptibly(() -> store.invalidate(keys), DEADLINE);
        if (!answer.failed()) {
            journal.confirm(keys, version);
            perCache(targets, listener::invalidated);
            return;
        }
        journal.add(targets);
        retryAfter(FIRST_RETRY);
        perCache(targets, listener::invalidationUnconfirmed);
        LOG.error(
                "Invalidation of {} not acknowledged by the store; this JVM bypasses the cache for these keys and retries,"
                        + " other JVMs may serve them until it is acknowledged or their TTL ends ({})",
                keys,
                String.valueOf(answer.failure()));
    }

    private static List<String> keys(List<Stale> targets) {
        return targets.stream().map(Stale::key).toList();
    }

    private static void perCache(List<Stale> targets, ObjIntConsumer<String> told) {
        targets.stream()
                .collect(Collectors.groupingBy(Stale::cache, Collectors.counting()))
                .forEach((cache, count) -> told.accept(cache, count.intValue()));
    }

    private void retryAfter(Duration delay) {
        if (journal.isEmpty() || !retrying.compareAndSet(false, true)) {
            return;
        }
        try {
            timer.schedule(() -> retry(delay), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The client is closed: no further retry", e);
        }
    }

    private void retry(Duration delay) {
        replay(DEADLINE).whenComplete((acknowledged, impossible) -> {
            retrying.set(false);
            Duration doubled = delay.isZero() ? FIRST_RETRY : delay.multipliedBy(2);
            Duration next = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
            retryAfter(acknowledged ? Duration.ZERO : next);
        });
    }

    /** Sends one batch of the journal; true where it was acknowledged in time. Never fails. */
    private CompletableFuture<Boolean> replay(Duration deadline) {
        List<Stale> batch = journal.some(RETRY_BATCH);
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        long version = journal.version();
        List<String> keys = keys(batch);
        return Waiting.send(() -> store.invalidate(keys))
                .copy()
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, failure) -> {
                    if (failure != null) {
                        LOG.debug("Retry of {} invalidations not acknowledged", keys.size(), failure);
                        return false;
                    }
                    confirmed(batch, keys, version);
                    return true;
                });
    }

    private void confirmed(List<Stale> batch, List<String> keys, long version) {
        journal.confirm(keys, version);
        perCache(batch, listener::invalidated);
        LOG.info("{} invalidations acknowledged after retry, {} left", keys.size(), journal.size());
    }

    /** Sends what is left once more, for {@code bound} at most, and logs what stays unconfirmed. */
    void flush(Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        boolean acknowledged = true;
        while (acknowledged && !journal.isEmpty() && System.nanoTime() < end) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            acknowledged = replay(left).join();
        }
        if (!journal.isEmpty()) {
            LOG.error(
                    "Closed with {} unconfirmed invalidations: {}. Their entries live until their TTL ends",
                    journal.size(),
                    keys(journal.some(20)));
        }
    }
}
