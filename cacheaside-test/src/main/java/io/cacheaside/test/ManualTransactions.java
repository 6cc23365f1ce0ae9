package io.cacheaside.test;

import io.cacheaside.spi.TransactionBoundary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that the test begins and completes, each on the thread that began it. One that is begun inside another
 * suspends it until its own completion.
 */
public final class ManualTransactions implements TransactionBoundary {

    private final ThreadLocal<Deque<Manual>> underWay = ThreadLocal.withInitial(ArrayDeque::new);

    private volatile boolean available = true;

    /** No transaction yet. */
    public ManualTransactions() {}

    /** Begins one that may see something else than the newest commits. */
    public void begin() {
        begin(false);
    }

    /** Begins one; {@code latestCommitsOnly} as a read-only one at READ COMMITTED has it. */
    public void begin(boolean latestCommitsOnly) {
        underWay.get().push(new Manual(latestCommitsOnly));
    }

    /** Runs what was registered for before the commit. */
    public void prepare() {
        List.copyOf(running().before).forEach(Runnable::run);
    }

    /** Runs what was registered; before the commit also in a transaction whose outcome is unknown. */
    public void complete(Completion completion) {
        if (completion != Completion.ROLLED_BACK) {
            prepare();
        }
        Manual completed = running();
        underWay.get().pop();
        List.copyOf(completed.after).forEach(action -> action.accept(completion));
    }

    /** False: nobody gets a new transaction from now on, as from an empty pool. */
    public void setAvailable(boolean available) {
        this.available = available;
    }

    @Override
    public boolean beginsReadTransactions() {
        return true;
    }

    @Override
    public View newReadTransaction() {
        if (!available) {
            throw new IllegalStateException("no transaction is to be had");
        }
        begin(true);
        return () -> complete(Completion.COMMITTED);
    }

    private Manual running() {
        Manual running = underWay.get().peek();
        if (running == null) {
            throw new IllegalStateException("no transaction");
        }
        return running;
    }

    @Override
    public @Nullable Transaction current() {
        return underWay.get().peek();
    }

    private static final class Manual implements Transaction {

        private final List<Runnable> before = new ArrayList<>();
        private final List<Consumer<Completion>> after = new ArrayList<>();
        private final boolean latestCommitsOnly;

        Manual(boolean latestCommitsOnly) {
            this.latestCommitsOnly = latestCommitsOnly;
        }

        @Override
        public boolean seesLatestCommitsOnly() {
            return latestCommitsOnly;
        }

        @Override
        public void beforeCommit(Runnable action) {
            before.add(action);
        }

        @Override
        public void afterCompletion(Consumer<Completion> action) {
            after.add(action);
        }
    }
}
