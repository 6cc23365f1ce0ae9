package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Finder;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.spi.TransactionBoundary;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A woven method, whose advice is inside the transaction that Spring's proxy begins. */
class WovenThroughTest {

    @Test
    void transactionOfTheProxy_isTheMethodsOwn() {
        Events events = new Events();
        try (AnnotationConfigApplicationContext context = context(events)) {
            Finder<Product, Long> prices = prices(context);
            prices.byId(1L);
            assertThat(events.all()).containsExactly("invalidated product 1", "through product STORED");
        }
    }

    @Test
    void callersTransaction_isNot() {
        Events events = new Events();
        try (AnnotationConfigApplicationContext context = context(events)) {
            Finder<Product, Long> prices = prices(context);
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> prices.byId(1L));
            assertThat(events.all()).containsExactly("through product REMOVED", "invalidated product 1");
        }
    }

    @SuppressWarnings("unchecked")
    private static Finder<Product, Long> prices(AnnotationConfigApplicationContext context) {
        return (Finder<Product, Long>) context.getBean("prices");
    }

    private static AnnotationConfigApplicationContext context(Events events) {
        Object service = Weaver.wovenService("ThroughService", new Rows());
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setClassLoader(service.getClass().getClassLoader());
        context.registerBean(PlatformTransactionManager.class, NothingToCommit::new);
        context.registerBean(
                CacheAsideClient.class, () -> Clients.inMemory(events, context.getBean(TransactionBoundary.class)));
        context.registerBean("prices", Finder.class, () -> (Finder<?, ?>) service);
        context.register(Application.class);
        context.refresh();
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Application {}

    private static final class NothingToCommit extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
