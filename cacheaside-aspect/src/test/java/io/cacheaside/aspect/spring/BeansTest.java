package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.TransactionBoundary;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What the context is told before it is ready. */
class BeansTest {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @AfterEach
    void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    static class Subclassing {}

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    static class Interfaces {}

    private void client() {
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(CacheListener.none()));
    }

    private Throwable refreshed(Class<?> configuration) {
        context.register(configuration);
        return catchThrowable(context::refresh);
    }

    static class Unreachable {

        @CacheAside(key = "a:#id")
        private Product secret(long id) {
            return null;
        }

        @CacheAside(key = "b:#id")
        static Product ofAll(long id) {
            return null;
        }

        @CacheAside(key = "c:#id")
        public final Product last(long id) {
            return secret(id);
        }
    }

    static final class Closed {

        @Invalidate(key = "d:#id")
        void write(long id) {}
    }

    interface Unrelated {
        void other();
    }

    static class NotOnItsInterface implements Unrelated {

        @CacheAside(key = "e:#id")
        public Product find(long id) {
            return null;
        }

        @Override
        public void other() {}
    }

    static class Wrong {

        @CacheAside(key = "f:#idd")
        public Product find(long id) {
            return null;
        }
    }

    @Test
    void methodsThatNoProxyIntercepts_areRefusedTogetherWithOtherMistakes() {
        client();
        context.registerBean(Unreachable.class);
        context.registerBean(Closed.class, () -> new Closed());
        context.registerBean(Wrong.class);
        String nested = BeansTest.class.getName() + "$";
        assertThat(refreshed(Subclassing.class))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        thrown -> assertThat(thrown.problems())
                                .hasSize(5)
                                .contains(
                                        nested
                                                + "Unreachable.secret(long): a proxy cannot intercept a private method: take private away,"
                                                + " or weave the class",
                                        nested
                                                + "Unreachable.ofAll(long): a proxy cannot intercept a static method: take static away, or"
                                                + " weave the class",
                                        nested
                                                + "Unreachable.last(long): a proxy cannot intercept a final method: take final away, or"
                                                + " weave the class",
                                        nested + "Closed.write(long): " + nested
                                                + "Closed is a final class, which Spring cannot proxy by"
                                                + " a subclass: take final away, give it an interface, or weave the class")
                                .anyMatch(problem -> problem.contains("unknown parameter #idd")));
    }

    @Test
    void methodThatItsJdkProxyHides_isRefused() {
        client();
        context.registerBean(NotOnItsInterface.class);
        assertThat(refreshed(Interfaces.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(BeansTest.class.getName() + "$NotOnItsInterface.find(long): the bean is proxied by its"
                        + " interfaces and none of them has the method: declare it there, or use"
                        + " @EnableCacheAside(proxyTargetClass = true)");
    }

    @Test
    void lazyBean_isCheckedAndNotMade() {
        client();
        boolean[] made = new boolean[1];
        Supplier<Wrong> maker = () -> {
            made[0] = true;
            return new Wrong();
        };
        context.registerBean("lazy", Wrong.class, maker, definition -> definition.setLazyInit(true));
        assertThat(refreshed(Interfaces.class)).hasMessageContaining("unknown parameter #idd");
        assertThat(made[0]).isFalse();
    }

    @Test
    void contextWithoutClient_isToldSo() {
        assertThat(refreshed(Interfaces.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("@EnableCacheAside needs exactly one bean of type CacheAsideClient: ");
    }

    static class Fine {

        @CacheAside(key = "fine:#id")
        public Product find(long id) {
            return null;
        }
    }

    @Test
    void start_makesNoBeanTooEarly() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger spring = (Logger) LoggerFactory.getLogger("org.springframework");
        spring.addAppender(logged);
        try {
            client();
            context.registerBean(Fine.class);
            assertThat(refreshed(Interfaces.class)).isNull();
        } finally {
            spring.detachAppender(logged);
        }
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .isEmpty();
    }

    static class InOwnTransaction {

        @CacheAside(key = "own:#id", insideTransaction = CacheAside.InsideTransaction.NEW_READ_TX)
        public Product find(long id) {
            return null;
        }
    }

    @Test
    void readTransactionsWithoutATransactionManager_areRefused() {
        context.registerBean(
                CacheAsideClient.class,
                () -> Clients.inMemory(CacheListener.none(), context.getBean(TransactionBoundary.class)));
        context.registerBean(InOwnTransaction.class);
        assertThat(refreshed(Subclassing.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("InOwnTransaction.find(long) @CacheAside: cache 'own': inside-transaction ="
                        + " NEW_READ_TX needs");
    }

    @Test
    void boundaryOfTheApplication_goesBeforeOurs() {
        client();
        TransactionBoundary own = TransactionBoundary.none();
        context.registerBean("own", TransactionBoundary.class, () -> own);
        assertThat(refreshed(Interfaces.class)).isNull();
        assertThat(context.getBean(TransactionBoundary.class)).isSameAs(own);
    }
}
