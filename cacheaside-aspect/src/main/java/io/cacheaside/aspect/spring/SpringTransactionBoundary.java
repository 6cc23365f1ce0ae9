package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The calling thread's Spring-managed transaction. Needs spring-tx; without spring-jdbc no transaction is known to see the
 * latest commits only. A manager that is set to never synchronize hides its transactions from it.
 */
public final class SpringTransactionBoundary implements TransactionBoundary {

    private final @Nullable BoundConnections connections = BoundConnections.find();
    private final @Nullable PersistenceContexts contexts = PersistenceContexts.find();

    private final Supplier<@Nullable PlatformTransactionManager> manager;

    /** A boundary that begins no transactions. */
    public SpringTransactionBoundary() {
        this(() -> null);
    }

    /** A boundary that begins read transactions of {@code manager}. */
    public SpringTransactionBoundary(PlatformTransactionManager manager) {
        this(() -> manager);
    }

    SpringTransactionBoundary(Supplier<@Nullable PlatformTransactionManager> manager) {
        this.manager = manager;
    }

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
            return new CompletingTransaction();
        }
        Object known = TransactionSynchronizationManager.getResource(this);
        return known instanceof SpringTransaction transaction
                ? transaction.entered()
                : SpringTransaction.begin(this, connections);
    }

    /** With spring-orm the persistence contexts that are open on the thread are left aside; others are not known. */
    @Override
    public View freshView() {
        return contexts == null || TransactionSynchronizationManager.isActualTransactionActive()
                ? View.NONE
                : contexts.fresh();
    }

    @Override
    public boolean beginsReadTransactions() {
        return manager.get() != null;
    }

    @Override
    public View newReadTransaction() {
        PlatformTransactionManager begins = manager.get();
        return begins == null ? TransactionBoundary.super.newReadTransaction() : ReadTransaction.begin(begins);
    }
}
