package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;

/** The boundary of a context; its manager is asked for when a cache wants it, not before. Needs spring-tx. */
final class SpringTransactions implements FactoryBean<TransactionBoundary> {

    private final ObjectProvider<PlatformTransactionManager> managers;

    SpringTransactions(ObjectProvider<PlatformTransactionManager> managers) {
        this.managers = managers;
    }

    @Override
    public TransactionBoundary getObject() {
        return new SpringTransactionBoundary(managers::getIfUnique);
    }

    @Override
    public Class<?> getObjectType() {
        return TransactionBoundary.class;
    }
}
