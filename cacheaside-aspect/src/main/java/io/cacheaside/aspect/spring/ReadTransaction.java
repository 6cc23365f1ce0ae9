package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary.View;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** A short transaction in which one load sees the newest commits only. */
record ReadTransaction(PlatformTransactionManager manager, TransactionStatus status) implements View {

    static ReadTransaction begin(PlatformTransactionManager manager) {
        DefaultTransactionDefinition definition =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        definition.setName("cacheaside load");
        definition.setReadOnly(true);
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return new ReadTransaction(manager, manager.getTransaction(definition));
    }

    @Override
    public void close() {
        if (status.isRollbackOnly()) {
            manager.rollback(status);
        } else {
            manager.commit(status);
        }
    }
}
