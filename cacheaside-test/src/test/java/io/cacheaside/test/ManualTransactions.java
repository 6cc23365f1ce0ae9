package io.cacheaside.test;

import io.cacheaside.spi.TransactionBoundary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Transactions that the test begins and completes, one at a time. */
final class ManualTransactions implements TransactionBoundary {

    private @Nullable Manual current;

    void begin() {
        current = new Manual();
    }

    /** Runs what was registered; before the commit also in a transaction whose outcome is unknown. */
    void complete(Completion completion) {
        Manual completed = current;
        if (completed == null) {
            throw new IllegalStateException("no transaction");
        }
        if (completion != Completion.ROLLED_BACK) {
            List.copyOf(completed.before).forEach(Runnable::run);
        }
        current = null;
        List.copyOf(completed.after).forEach(action -> action.accept(completion));
    }

    @Override
    public @Nullable Transaction current() {
        return current;
    }

    private static final class Manual implements Transaction {

        private final List<Runnable> before = new ArrayList<>();
        private final List<Consumer<Completion>> after = new ArrayList<>();

        @Override
        public boolean seesLatestCommitsOnly() {
            return false;
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
