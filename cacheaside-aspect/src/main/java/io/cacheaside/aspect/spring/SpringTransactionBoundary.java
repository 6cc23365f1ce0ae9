package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary;
import java.util.function.Consumer;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The calling thread's Spring-managed transaction. Needs spring-tx. */
public final class SpringTransactionBoundary implements TransactionBoundary {

    /** A boundary without state. */
    public SpringTransactionBoundary() {}

    /**
     * True also while a completed transaction tells its synchronizations: its connection and its persistence context are
     * still bound, so reads would load through them.
     */
    @Override
    public boolean isActive() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }

    @Override
    public void afterCompletion(Consumer<Completion> action) {
        if (!isActive()) {
            throw new IllegalStateException("no transaction is active on this thread");
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new Completed(action));
        } else {
            action.accept(Completion.UNKNOWN); // it is telling its synchronizations: nothing can be registered any more
        }
    }

    /** First among the synchronizations: what the others read afterwards is to be current. */
    private record Completed(Consumer<Completion> action) implements TransactionSynchronization {

        @Override
        public void afterCompletion(int status) {
            action.accept(
                    switch (status) {
                        case STATUS_COMMITTED -> Completion.COMMITTED;
                        case STATUS_ROLLED_BACK -> Completion.ROLLED_BACK;
                        default -> Completion.UNKNOWN;
                    });
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }
}
