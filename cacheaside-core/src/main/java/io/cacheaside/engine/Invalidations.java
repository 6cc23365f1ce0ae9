package io.cacheaside.engine;

import io.cacheaside.error.OutboxException;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes keys, and groups of them, after writes. Each ends in one of two states before the writer goes on: the store has
 * acknowledged its removal, or the journal holds it (then this JVM bypasses the cache for it, and the removal is retried
 * until it is acknowledged).
 */
public final class Invalidations {

    private final TransactionBoundary transactions;
    private final CacheListener listener;
    private final Replay replay;
    private final Marks marks;
    private final @Nullable Outbox outbox;
    private final TransactionWrites inTransactions = new TransactionWrites(this);
    private final LaterWrites later = new LaterWrites();
    private final BackgroundRemovals background;
    private final EnteredWrites entered = new EnteredWrites();
    private final GroupWrites groups;

    Invalidations(
            TransactionBoundary transactions,
            CacheListener listener,
            Replay replay,
            BackgroundRemovals background,
            Marks marks,
            @Nullable Outbox outbox) {
        this.transactions = transactions;
        this.listener = listener;
        this.replay = replay;
        this.background = background;
        this.marks = marks;
        this.outbox = outbox;
        this.groups = new GroupWrites(replay);
    }

    /**
     * Begins a write that will make {@code known} stale, possibly among others: what is known on its entry. The
     * reads of them in its transaction, also in one that it begins itself, bypass the cache from now on. Strict ones are
     * marked before the commit of the transaction that the call is in; outside, now.
     *
     * @throws StrictWriteException where the mark was not acknowledged in time: the write must not take place
     * @throws OutboxException where a key is durable and cannot be noted here: the write must not take place
     */
    public Write begin(StaleSet known) {
        Collection<Stale> keys = known.keys();
        if (DurableKeys.areAmong(keys)) {
            requireOutbox("The invalidation of " + keys.stream().map(Stale::key).toList());
        }
        Transaction transaction = transactions.current();
        if (transaction != null) {
            return inTransactions.begin(transaction, known);
        }
        Mark mark = newMark();
        mark.set(keys);
        EnteredWrites.Entered write = entered.enter(known);
        return (stale, replacement) -> {
            entered.leave(write);
            finished(stale, mark, replacement);
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

    private void finished(StaleSet stale, Mark mark, @Nullable Replacement replacement) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            Replacements replacements = newReplacements();
            replacements.written(stale, replacement);
            send(mark.removal(stale.keys()), stale.groups(), replacements).throwIfAsked();
        } else {
            // the method began a transaction and left it to its caller; that has a mark of its own
            inTransactions.begin(transaction, stale).finished(stale, null);
            mark.drop();
        }
    }

    /**
     * A write has finished that makes {@code keys} of {@code cache} stale: they are queued and removed in the background, inside
     * a transaction after its completion and not after a rollback. Where the queue has no room the caller, or the completion,
     * waits for it, and then removes its keys itself.
     *
     * @param keys iterated once; inside a transaction they are kept until its completion
     */
    public void later(String cache, Iterable<String> keys, InvalidationPolicy policy) {
        Runnable queueing = () -> background.add(cache, keys, policy, rest -> send(rest, newReplacements()));
        Transaction transaction = transactions.current();
        if (transaction == null) {
            queueing.run();
        } else {
            later.after(transaction, queueing);
        }
    }

    /** True where the calling thread's {@code transaction} has begun a write of any key, or is inside one. */
    boolean isPending(Transaction transaction) {
        return inTransactions.holdsAny(transaction) || later.holdsAny(transaction) || !entered.isEmpty();
    }

    /** True where the calling thread's {@code transaction} has begun a write of {@code key} of {@code cache}, or is inside one. */
    boolean isPending(Transaction transaction, String cache, String key) {
        return inTransactions.holds(transaction, cache, key) || entered.holds(cache, key);
    }

    /** The mark of one more write, on no key yet. */
    Mark newMark() {
        return marks.next();
    }

    /** The durable keys of one more transaction, none yet. */
    DurableKeys newDurableKeys() {
        return new DurableKeys(outbox);
    }

    /** What the writes of one more transaction store, nothing yet. */
    Replacements newReplacements() {
        return new Replacements(listener);
    }

    /**
     * Removes {@code keys} in one trip, or puts there what {@code replacements} has for them; each stands there once. Then removes
     * {@code stale} groups. Answers what was not acknowledged.
     */
    Unconfirmed send(List<Removing> keys, Collection<StaleGroup> stale, Replacements replacements) {
        return groups.send(stale, send(keys, replacements));
    }

    private Unconfirmed send(List<Removing> all, Replacements replacements) {
        List<Removing> targets = replacements.prepare(all);
        if (targets.isEmpty()) {
            return Unconfirmed.NOTHING;
        }
        background.takeOut(replacements.removedOf(targets));
        Sending sending = replay.first(targets, replacements);
        Waiting.Answer<Void> answer = Waiting.uninterruptibly(() -> replay.send(sending), timeout(targets));
        List<Removing> unconfirmed = answer.failed() ? sending.giveUp() : List.of();
        if (unconfirmed.isEmpty()) {
            return Unconfirmed.NOTHING;
        }
        replay.unconfirmed(unconfirmed, answer.failure());
        return new Unconfirmed(unconfirmed, List.of(), answer.failure());
    }

    private static Duration timeout(List<Removing> targets) {
        return Stale.timeout(targets.stream().map(Removing::stale).toList());
    }
}
