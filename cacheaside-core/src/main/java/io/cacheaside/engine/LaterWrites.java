package io.cacheaside.engine;

import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the transactions under way have to queue for the background once they have completed, and not after a rollback. A
 * transaction is used by one thread at a time.
 */
final class LaterWrites {

    private final Map<Transaction, List<Runnable>> pending = new ConcurrentHashMap<>();

    /** True where {@code transaction} has something to queue. */
    boolean holdsAny(Transaction transaction) {
        return pending.containsKey(transaction);
    }

    /** Runs {@code queueing} when {@code transaction} has completed, at once where it has. */
    void after(Transaction transaction, Runnable queueing) {
        List<Runnable> known = pending.get(transaction);
        if (known == null) {
            List<Runnable> first = new ArrayList<>();
            first.add(queueing);
            pending.put(transaction, first);
            transaction.afterCompletion(completion -> completed(transaction, completion));
        } else {
            known.add(queueing);
        }
    }

    private void completed(Transaction transaction, Completion completion) {
        List<Runnable> all = pending.remove(transaction);
        if (all != null && completion != Completion.ROLLED_BACK) {
            all.forEach(Runnable::run);
        }
    }
}
