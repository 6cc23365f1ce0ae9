package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The calling thread's Spring-managed transaction. Needs spring-tx. */
public final class SpringTransactionBoundary implements TransactionBoundary {

    /** A boundary without state. */
    public SpringTransactionBoundary() {}

    /**
     * Not null also while a completed transaction tells its synchronizations: its connection and its persistence context
     * are still bound, so reads would load through them.
     */
    @Override
    public @Nullable Transaction current() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return new Completing();
        }
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Synchronized known) {
                return known;
            }
        }
        Synchronized transaction = new Synchronized();
        TransactionSynchronizationManager.registerSynchronization(transaction);
        return transaction;
    }

    /** First among the synchronizations: what the others read afterwards is to be current. */
    private static final class Synchronized implements Transaction, TransactionSynchronization {

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

        @Override
        public void beforeCommit(boolean readOnly) {
            before.forEach(Runnable::run);
        }

        @Override
        public void afterCompletion(int status) {
            Completion completion = switch (status) {
                case STATUS_COMMITTED -> Completion.COMMITTED;
                case STATUS_ROLLED_BACK -> Completion.ROLLED_BACK;
                default -> Completion.UNKNOWN;
            };
            after.forEach(action -> action.accept(completion));
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    /** A transaction that is telling its synchronizations: nothing can be registered any more. */
    private static final class Completing implements Transaction {

        @Override
        public boolean seesLatestCommitsOnly() {
            return false;
        }

        @Override
        public void beforeCommit(Runnable action) {
            throw new IllegalStateException("the transaction is already being completed");
        }

        @Override
        public void afterCompletion(Consumer<Completion> action) {
            action.accept(Completion.UNKNOWN);
        }
    }
}
