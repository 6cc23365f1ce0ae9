package io.cacheaside.engine;

import io.cacheaside.error.OutboxException;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writes of the transactions under way. From the entry of an annotated write on, its transaction's own reads of the
 * keys bypass the cache; the strict keys of all its writes are marked together before its commit, and all keys are
 * removed together when it has completed, groups of keys last, not after a rollback. Durable keys are noted in the outbox before the commit.
 * A transaction is used by one thread at a time.
 */
final class TransactionWrites {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionWrites.class);

    private final Map<Transaction, Pending> pending = new ConcurrentHashMap<>();
    private final Invalidations invalidations;

    TransactionWrites(Invalidations invalidations) {
        this.invalidations = invalidations;
    }

    /** True from the entry of any write in {@code transaction} until that has completed. */
    boolean holdsAny(Transaction transaction) {
        return pending.containsKey(transaction);
    }

    /** True from the entry of a write of {@code key} of {@code cache} in {@code transaction} until that has completed. */
    boolean holds(Transaction transaction, String cache, String key) {
        Pending writes = pending.get(transaction);
        return writes != null && (writes.keys.contains(key) || KeyGroup.anyMayHold(writes.groups, cache));
    }

    Write begin(Transaction transaction, StaleSet known) {
        Pending writes = pending.get(transaction);
        if (writes == null) {
            writes = new Pending();
            pending.put(transaction, writes);
            transaction.afterCompletion(completion -> completed(transaction, completion));
            if (!writes.completed) {
                transaction.beforeCommit(writes::committing);
            }
        }
        writes.begin(known);
        return writes;
    }

    private void completed(Transaction transaction, Completion completion) {
        Pending writes = pending.remove(transaction);
        if (writes == null) {
            return;
        }
        writes.completed = true;
        if (completion == Completion.ROLLED_BACK) {
            writes.mark.drop();
            writes.replacements.drop();
        } else {
            writes.tellIfUnannounced();
            if (completion == Completion.UNKNOWN) {
                writes.replacements.drop();
            }
            Unconfirmed unconfirmed =
                    invalidations.send(writes.mark.removal(writes.stale), writes.staleGroups, writes.replacements);
            writes.durable.tried(unconfirmed.removals().isEmpty());
            unconfirmed.throwIfAsked();
        }
    }

    private final class Pending implements Write {

        private final Set<String> keys = new HashSet<>();
        private final Set<KeyGroup> groups = new HashSet<>();
        private final List<Stale> stale = new ArrayList<>();
        private final List<StaleGroup> staleGroups = new ArrayList<>();
        private final Mark mark = invalidations.newMark();
        private final DurableKeys durable = invalidations.newDurableKeys();
        private final Replacements replacements = invalidations.newReplacements();
        private boolean committing;
        private boolean completed;

        private void begin(StaleSet known) {
            Collection<Stale> entered = known.keys();
            if (completed && DurableKeys.areAmong(entered)) {
                throw new OutboxException(
                        "A durable invalidation needs a transaction, and this one is already over. Nothing was written."
                                + " Begin another one (REQUIRES_NEW)");
            }
            if (committing || completed) {
                // the commit is about to be or has been: what comes now is marked before it runs
                mark.set(entered);
            }
            enter(known);
        }

        private void enter(StaleSet known) {
            known.keys().forEach(entry -> keys.add(entry.key()));
            known.groups().forEach(entry -> groups.add(entry.group()));
        }

        private void committing() {
            committing = true;
            durable.note(stale);
            mark.set(stale);
        }

        @Override
        public void finished(StaleSet finished, @Nullable Replacement replacement) {
            if (completed) {
                // a write in a transaction that was already telling that it is over
                invalidations
                        .send(mark.removal(finished.keys()), finished.groups(), invalidations.newReplacements())
                        .throwIfAsked();
                return;
            }
            replacements.written(finished, replacement);
            enter(finished);
            stale.addAll(finished.keys());
            staleGroups.addAll(finished.groups());
            if (committing) {
                durable.note(finished.keys());
                markLate(finished.keys());
            }
        }

        /** A write that was the first of its transaction while that was being committed has missed the hook before it. */
        private void tellIfUnannounced() {
            if (!committing
                    && stale.stream()
                            .anyMatch(
                                    key -> key.policy().strict() || key.policy().durable())) {
                LOG.error(
                        "{} were written while their transaction was being committed: they are invalidated now, but could"
                                + " be neither marked nor noted before the commit. Write them before it begins",
                        stale.stream().map(Stale::key).toList());
            }
        }

        /** The method has run, and its transaction is being committed: a failure can only be told. */
        private void markLate(Collection<Stale> late) {
            try {
                mark.set(late);
            } catch (StrictWriteException e) {
                LOG.error("Keys that turned up during the commit are invalidated after it without a mark", e);
            }
        }
    }
}
