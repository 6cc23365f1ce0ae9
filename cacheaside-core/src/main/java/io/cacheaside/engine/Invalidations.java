package io.cacheaside.engine;

import io.cacheaside.error.OutboxException;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.Removal;
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
import org.jspecify.annotations.Nullable;
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
    private final Marks marks;
    private final @Nullable Outbox outbox;
    private final TransactionWrites inTransactions = new TransactionWrites(this);
    private final EnteredWrites entered = new EnteredWrites();
    private final AtomicBoolean retrying = new AtomicBoolean();

    Invalidations(
            CacheStore store,
            TransactionBoundary transactions,
            CacheListener listener,
            ScheduledExecutorService timer,
            Journal journal,
            Marks marks,
            @Nullable Outbox outbox) {
        this.store = store;
        this.transactions = transactions;
        this.listener = listener;
        this.timer = timer;
        this.journal = journal;
        this.marks = marks;
        this.outbox = outbox;
    }

    /**
     * Begins a write that will make {@code keys} stale, possibly among others: those that are known on its entry. The
     * reads of them in its transaction, also in one that it begins itself, bypass the cache from now on. Strict ones are
     * marked before the commit of the transaction that the call is in; outside, now.
     *
     * @throws StrictWriteException where the mark was not acknowledged in time: the write must not take place
     * @throws OutboxException where a key is durable and cannot be noted here: the write must not take place
     */
    public Write begin(Collection<Stale> keys) {
        if (DurableKeys.areAmong(keys)) {
            requireOutbox("The invalidation of " + keys.stream().map(Stale::key).toList());
        }
        Transaction transaction = transactions.current();
        if (transaction != null) {
            return inTransactions.begin(transaction, keys);
        }
        Mark mark = newMark();
        mark.set(keys);
        EnteredWrites.Entered write = entered.enter(keys);
        return stale -> {
            entered.leave(write);
            finished(stale, mark);
        };
    }

    /**
     * Returns where the caller is in a transaction and the outbox takes notes, as far as can be known before the write.
     *
     * @param who whom the exception's message names
     * @throws OutboxException where not, with what to do about it
     */
    public void requireOutbox(String who) {
        if (outbox == null) {
            throw new OutboxException(
                    who + " is durable and there is no outbox. Nothing was written. Give the client one"
                            + " (JdbcOutbox of cacheaside-jdbc), or set durable = false");
        }
        if (transactions.current() == null) {
            throw new OutboxException(
                    who + " is durable and not inside a transaction that cacheaside knows of. Nothing was"
                            + " written. Put @Transactional on the method or its caller, or set durable = false");
        }
        outbox.ready();
    }

    private void finished(Collection<Stale> keys, Mark mark) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            send(mark.removal(keys));
        } else {
            // the method began a transaction and left it to its caller; that has a mark of its own
            inTransactions.begin(transaction, keys).finished(keys);
            mark.drop();
        }
    }

    /** True where the calling thread's {@code transaction} has begun a write of any key, or is inside one. */
    boolean isPending(Transaction transaction) {
        return inTransactions.holdsAny(transaction) || !entered.isEmpty();
    }

    /** True where the calling thread's {@code transaction} has begun a write of {@code key}, or is inside one. */
    boolean isPending(Transaction transaction, String key) {
        return inTransactions.holds(transaction, key) || entered.holds(key);
    }

    /** The mark of one more write, on no key yet. */
    Mark newMark() {
        return marks.next();
    }

    /** The durable keys of one more transaction, none yet. */
    DurableKeys newDurableKeys() {
        return new DurableKeys(outbox);
    }

    /** Removes {@code targets} in one trip; each key of them stands there once. True where that is acknowledged. */
    boolean send(List<Removing> targets) {
        if (targets.isEmpty()) {
            return true;
        }
        long version = journal.version();
        List<String> keys = keys(targets);
        Waiting.Answer<Void> answer = Waiting.uninterruptibly(() -> store.remove(commands(targets)), timeout(targets));
        if (!answer.failed()) {
            journal.confirm(keys, version);
            perCache(targets, listener::invalidated);
            return true;
        }
        journal.add(targets);
        retryAfter(FIRST_RETRY);
        perCache(targets, listener::invalidationUnconfirmed);
        LOG.error(
                "Invalidation of {} not acknowledged by the store; this JVM bypasses the cache for these keys and retries,"
                        + " other JVMs may serve them until it is acknowledged or their TTL ends ({})",
                keys,
                String.valueOf(answer.failure()));
        return false;
    }

    private static Duration timeout(List<Removing> targets) {
        return Stale.timeout(targets.stream().map(Removing::stale).toList());
    }

    private static List<String> keys(List<Removing> targets) {
        return targets.stream().map(Removing::key).toList();
    }

    private static List<Removal> commands(List<Removing> targets) {
        return targets.stream().map(Removing::command).toList();
    }

    private static void perCache(List<Removing> targets, ObjIntConsumer<String> told) {
        Stale.perCache(targets.stream().map(Removing::stale).toList(), told);
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
        // before the batch is taken: what a newer entry asks for beside the removal is not in this command
        long version = journal.version();
        List<Removing> batch = journal.some(RETRY_BATCH);
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        List<String> keys = keys(batch);
        return Waiting.send(() -> store.remove(commands(batch)))
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

    private void confirmed(List<Removing> batch, List<String> keys, long version) {
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
