package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.TransactionBoundary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Authorization outside the cache, transactions between its reads and its writes. */
class AdviceOrderTest {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Events events = new Events();

    @AfterEach
    void close() {
        SecurityContextHolder.clearContext();
        context.close();
    }

    private Vault start(Class<?>... configuration) {
        context.registerBean(Events.class, () -> events);
        context.registerBean(CountedTransactions.class);
        context.registerBean(
                CacheAsideClient.class, () -> Clients.inMemory(events, context.getBean(TransactionBoundary.class)));
        context.registerBean(Vault.class);
        context.register(configuration);
        context.refresh();
        return context.getBean(Vault.class);
    }

    private static void be(String role) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("somebody", "", role));
    }

    // ---- authorization

    @Test
    void deniedReader_getsNoCachedValue() {
        Vault vault = start(Secured.class);
        be("ROLE_READER");
        vault.secret(1);
        vault.secret(1);
        be("ROLE_GUEST");
        assertThatThrownBy(() -> vault.secret(1)).isInstanceOf(AccessDeniedException.class);
        assertThat(events.all()).containsExactly("miss secret", "hit secret");
    }

    @Test
    void deniedWriter_invalidatesNothing() {
        Vault vault = start(Secured.class);
        be("ROLE_READER");
        assertThatThrownBy(() -> vault.change(1)).isInstanceOf(AccessDeniedException.class);
        assertThat(events.all()).isEmpty();
        be("ROLE_WRITER");
        vault.change(1);
        assertThat(events.all()).containsExactly("invalidated secret 1");
    }

    @Test
    void authorizationOfTheResult_looksAtHitsToo() {
        Vault vault = start(Secured.class);
        be("ROLE_READER");
        assertThat(vault.ownedByReader(1)).isEqualTo("ROLE_READER");
        be("ROLE_GUEST");
        assertThatThrownBy(() -> vault.ownedByReader(1)).isInstanceOf(AccessDeniedException.class);
        assertThat(events.all()).containsExactly("miss owned", "hit owned");
    }

    @Test
    void authorizationInsideTheCache_isRefused() {
        assertThat(catchThrowable(() -> start(SecuredInside.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Vault.secret(long): authorization (org.springframework.security.")
                .hasMessageContaining("a denied caller would get cached values");
    }

    @Test
    void lazyBeanWithAuthorizationInsideTheCache_isRefusedAtItsFirstCall() {
        context.registerBeanDefinition(
                "lazy",
                BeanDefinitionBuilder.genericBeanDefinition(OtherVault.class)
                        .setLazyInit(true)
                        .getBeanDefinition());
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events));
        context.register(SecuredInside.class);
        context.refresh();
        be("ROLE_READER");
        assertThatThrownBy(() -> context.getBean(OtherVault.class).secret(1))
                .isInstanceOf(ConfigurationException.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableTransactionManagement
    @EnableMethodSecurity
    static class Secured {}

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableMethodSecurity(offset = Integer.MAX_VALUE - 900)
    static class SecuredInside {}

    // ---- transactions

    @Test
    void transactionsOfAnOrderOfTheirOwn_areStillOutsideTheWrites() {
        Vault vault = start(EarlyTransactions.class);
        assertThatThrownBy(() -> vault.changeAndFail(1)).isInstanceOf(IllegalStateException.class);
        assertThat(events.all()).as("rolled back").isEmpty();
        vault.changeInTransaction(1);
        assertThat(events.all()).containsExactly("invalidated secret 1");
    }

    @Test
    void transactionsOutsideTheReads_areWarnedOfOnce() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger logger = (Logger) LoggerFactory.getLogger(AdviceOrder.class);
        logger.addAppender(logged);
        try {
            start(EarlyTransactions.class);
        } finally {
            logger.detachAppender(logged);
        }
        assertThat(logged.list).singleElement().asString().contains("Transactions begin outside the read advice");
    }

    @Test
    void transactionsBetweenReadsAndWrites_keepHitsFree() {
        Vault vault = start(TransactionsBetween.class);
        vault.readInTransaction(1);
        int begun = context.getBean(CountedTransactions.class).begun;
        vault.readInTransaction(1);
        assertThat(context.getBean(CountedTransactions.class).begun).isEqualTo(begun);
        assertThatThrownBy(() -> vault.changeAndFail(1)).isInstanceOf(IllegalStateException.class);
        assertThat(events.all()).containsExactly("miss read", "hit read");
    }

    @Test
    void transactionInsideTheWriteAdvice_isRefused() {
        assertThat(catchThrowable(() -> start(LateTransactions.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the transaction begins inside the write advice");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableTransactionManagement(order = 0)
    static class EarlyTransactions {}

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableTransactionManagement(order = Integer.MAX_VALUE - 500)
    static class TransactionsBetween {}

    /** Brings a transaction interceptor of its own, after all others. */
    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    static class LateTransactions implements BeanDefinitionRegistryPostProcessor {

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            BeanDefinition interceptor = BeanDefinitionBuilder.genericBeanDefinition(LateInterceptor.class)
                    .setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR)
                    .getBeanDefinition();
            BeanDefinition advisor = BeanDefinitionBuilder.genericBeanDefinition(
                            BeanFactoryTransactionAttributeSourceAdvisor.class)
                    .addPropertyValue("transactionAttributeSource", new AnnotationTransactionAttributeSource())
                    .addPropertyValue("advice", interceptor)
                    .getBeanDefinition();
            advisor.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            registry.registerBeanDefinition("zLate", advisor);
        }
    }

    /** Configured by itself. */
    static class LateInterceptor extends TransactionInterceptor {

        private static final long serialVersionUID = 1L;

        LateInterceptor(BeanFactory beans) {
            setBeanFactory(beans);
            setTransactionAttributeSource(new AnnotationTransactionAttributeSource());
        }
    }

    /** Transactions of nothing. */
    static class CountedTransactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;
        private int begun;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun++;
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    static class Vault {

        @PreAuthorize("hasRole('READER')")
        @CacheAside(key = "secret:#id")
        public String secret(long id) {
            return "gold";
        }

        @PreAuthorize("hasRole('WRITER')")
        @Invalidate(key = "secret:#id")
        public void change(long id) {}

        @PostAuthorize("hasAuthority(returnObject)")
        @CacheAside(key = "owned:#id")
        public String ownedByReader(long id) {
            return "ROLE_READER";
        }

        @Transactional
        @Invalidate(key = "secret:#id")
        public void changeInTransaction(long id) {}

        @Transactional
        @Invalidate(key = "secret:#id")
        public void changeAndFail(long id) {
            throw new IllegalStateException("rolls back");
        }

        @Transactional(readOnly = true)
        @CacheAside(key = "read:#id")
        public String readInTransaction(long id) {
            return "silver";
        }
    }

    static class OtherVault extends Vault {}
}
