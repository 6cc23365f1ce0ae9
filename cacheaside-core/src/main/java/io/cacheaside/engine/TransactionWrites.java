package io.cacheaside.engine;

import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The writes of the transactions under way. From the entry of an annotated write on, its transaction's own reads of the
 * keys bypass the cache; the keys of all its writes are removed together when it has completed, not after a rollback.
 * A transaction is used by one thread at a time.
 */
final class TransactionWrites {

    private final Map<Transaction, Pending> pending = new ConcurrentHashMap<>();
    private final Invalidations invalidations;

    TransactionWrites(Invalidations invalidations) {
        this.invalidations = invalidations;
    }

    /** True from the entry of any write in {@code transaction} until that has completed. */
    boolean holdsAny(Transaction transaction) {
        return pending.containsKey(transaction);
    }

    /** True from the entry of a write of {@code key} in {@code transaction} until that has completed. */
    boolean holds(Transaction transaction, String key) {
        Pending writes = pending.get(transaction);
        return writes != null && writes.keys.contains(key);
    }

    Write begin(Transaction transaction, Collection<Stale> keys) {
        Pending writes = pending.get(transaction);
        if (writes == null) {
            writes = new Pending();
            pending.put(transaction, writes);
            transaction.afterCompletion(completion -> completed(transaction, completion));
        }
        writes.begin(keys);
        return writes;
    }

    private void completed(Transaction transaction, Completion completion) {
        Pending writes = pending.remove(transaction);
        if (writes == null) {
            return;
        }
        writes.completed = true;
        if (completion != Completion.ROLLED_BACK) {
            invalidations.send(Stale.merged(writes.stale));
        }
    }

    private final class Pending implements Write {

        private final Set<String> keys = new HashSet<>();
        private final List<Stale> stale = new ArrayList<>();
        private boolean completed;

        private void begin(Collection<Stale> entered) {
            entered.forEach(entry -> keys.add(entry.key()));
        }

        @Override
        public void finished(Collection<Stale> finished) {
            if (completed) {
                // a write in a transaction that was already telling that it is over
                invalidations.send(Stale.merged(finished));
            } else {
                begin(finished);
                stale.addAll(finished);
            }
        }
    }
}
