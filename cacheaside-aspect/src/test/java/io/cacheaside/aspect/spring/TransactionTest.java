package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.spi.TransactionBoundary;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and writes around real transactions of a real database. */
class TransactionTest {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration());
    private final Prices prices = context.getBean(Prices.class);
    private final JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
    private final Events events = context.getBean(Events.class);
    private final LossyCommits manager = context.getBean(LossyCommits.class);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    Class<?> configuration() {
        return Application.class;
    }

    @BeforeEach
    void fill() {
        jdbc.execute("create table price (id bigint primary key, amount int)");
        jdbc.execute("insert into price values (1, 10)");
    }

    @AfterEach
    void close() {
        jdbc.execute("drop table price");
        context.close();
    }

    @Test
    void write_invalidatesAfterTheCommit() {
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(status -> {
            prices.set(1, 11);
            assertThat(events.all()).doesNotContain("invalidated price 1");
        });
        assertThat(events.all()).contains("invalidated price 1");
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void rollback_invalidatesNothing() {
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(status -> {
            prices.set(1, 11);
            status.setRollbackOnly();
        });
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "hit price");
    }

    @Test
    void rollbackOfTheWritesOwnTransaction_invalidatesNothing() {
        assertThat(prices.find(1)).isEqualTo(10);
        assertThatThrownBy(() -> prices.setAndFail(1, 11)).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "hit price");
    }

    @Test
    void writeInTheBackground_isQueuedAfterTheCommit() {
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(status -> {
            prices.setLater(1, 11);
            assertThat(prices.find(1)).as("nothing is bypassed").isEqualTo(10);
        });
        context.getBean(CacheAsideClient.class).close();
        assertThat(events.all()).containsExactly("miss price", "hit price", "invalidated price 1");
    }

    @Test
    void rolledBackWriteInTheBackground_isNotQueued() {
        assertThatThrownBy(() -> prices.setLaterAndFail(1, 11)).isExactlyInstanceOf(IllegalStateException.class);
        context.getBean(CacheAsideClient.class).close();
        assertThat(events.all()).isEmpty();
    }

    @Test
    void unknownOutcome_invalidates() {
        assertThat(prices.find(1)).isEqualTo(10);
        manager.loseReply = true;
        assertThatThrownBy(() -> prices.setInOwnTransaction(1, 11)).isInstanceOf(TransactionSystemException.class);
        assertThat(events.all()).contains("invalidated price 1");
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void readOfAKeyThatTheTransactionWrites_doesNotAskTheCache() {
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(status -> {
            prices.set(1, 11);
            assertThat(prices.find(1)).isEqualTo(11);
            status.setRollbackOnly();
        });
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "bypass price PENDING", "hit price");
    }

    @Test
    void hitOfATransactionalRead_opensNoTransaction() {
        assertThat(prices.findInTransaction(1)).isEqualTo(10);
        assertThat(prices.ranInTransaction()).isTrue();
        int begun = manager.begun;
        assertThat(prices.findInTransaction(1)).isEqualTo(10);
        assertThat(manager.begun).isEqualTo(begun);
    }

    @Test
    void innerTransaction_invalidatesAtItsOwnEnd() {
        prices.find(1);
        TransactionTemplate inner = new TransactionTemplate(manager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(outer -> {
            inner.executeWithoutResult(status -> prices.set(1, 12));
            assertThat(events.all()).contains("invalidated price 1");
            outer.setRollbackOnly();
        });
        assertThat(prices.find(1)).isEqualTo(12);
    }

    @Test
    void writeThrough_storesAfterTheCommitOfItsOwnTransaction() {
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(prices.setThrough(1, 11, false)).isEqualTo(11);
        assertThat(events.all()).endsWith("invalidated price 1", "through price STORED");
        assertThat(prices.find(1)).isEqualTo(11);
        assertThat(events.all()).endsWith("hit price");
    }

    @Test
    void writeThroughInItsCallersTransaction_onlyInvalidates() {
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(status -> prices.setThrough(1, 11, false));
        assertThat(events.all()).endsWith("through price REMOVED", "invalidated price 1");
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void writeThroughThatRollsBackSilently_storesNothing() {
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(prices.setThrough(1, 11, true)).isEqualTo(11);
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "hit price");
    }

    @Test
    void writeThroughOfUnknownOutcome_onlyInvalidates() {
        manager.loseReply = true;
        assertThatThrownBy(() -> prices.setThrough(1, 11, false)).isInstanceOf(TransactionSystemException.class);
        assertThat(events.all()).containsExactly("invalidated price 1");
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void writeThroughWithATransactionInside_storesWhenTheMethodHasReturned() {
        assertThat(prices.setThroughInside(transaction, 1, 11)).isEqualTo(11);
        assertThat(prices.find(1)).isEqualTo(11);
        assertThat(events.all()).containsExactly("invalidated price 1", "through price STORED", "hit price");
    }

    @Test
    void writeWithoutAnnotation_isSeenWhenTheTtlEnds() {
        assertThat(prices.findBriefly(1)).isEqualTo(10);
        long stored = System.nanoTime();
        prices.setAround(1, 11);
        assertThat(prices.findBriefly(1)).isIn(10, 11);
        while (prices.findBriefly(1) != 11) {
            assertThat(System.nanoTime() - stored).isLessThan(TimeUnit.SECONDS.toNanos(10));
            Thread.onSpinWait();
        }
    }

    @Test
    void writeOfAll_emptiesTheCacheAfterTheCommitAndHidesItBefore() {
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(status -> {
            prices.raiseAll();
            assertThat(prices.find(1)).as("its own row").isEqualTo(11);
            assertThat(events.all()).doesNotContain("invalidated all of price");
        });
        assertThat(events.all()).contains("invalidated all of price");
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void writeOfAllThatRollsBack_removesNothing() {
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(status -> {
            prices.raiseAll();
            status.setRollbackOnly();
        });
        assertThat(events.all()).doesNotContain("invalidated all of price");
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).endsWith("hit price");
    }

    @Test
    void severalWritesOfOneTransaction_areRemovedTogether() {
        transaction.executeWithoutResult(status -> {
            prices.set(1, 11);
            prices.set(2, 12);
            prices.set(1, 13);
        });
        assertThat(events.all()).containsExactly("invalidated price 2");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableTransactionManagement
    static class Application {

        @Bean
        DataSource dataSource() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:prices;DB_CLOSE_DELAY=-1");
            return source;
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource source) {
            return new LossyCommits(source);
        }

        @Bean
        JdbcTemplate jdbc(DataSource source) {
            return new JdbcTemplate(source);
        }

        @Bean
        Events events() {
            return new Events();
        }

        @Bean
        CacheAsideClient client(Events events, TransactionBoundary transactions) {
            return Clients.inMemory(events, transactions);
        }

        @Bean
        Prices prices(JdbcTemplate jdbc) {
            return new Prices(jdbc);
        }
    }

    /** Commits, and once does not learn that it did. */
    static class LossyCommits extends DataSourceTransactionManager {

        private static final long serialVersionUID = 1L;
        private boolean loseReply;
        private int begun;

        LossyCommits(DataSource source) {
            super(source);
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun++;
            super.doBegin(transaction, definition);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            super.doCommit(status);
            if (loseReply) {
                loseReply = false;
                throw new TransactionSystemException("connection lost during the commit");
            }
        }
    }

    static class Prices {

        private final JdbcTemplate jdbc;
        private boolean inTransaction;

        Prices(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @CacheAside(key = "price:#id")
        public Integer find(long id) {
            return jdbc.queryForObject("select amount from price where id = ?", Integer.class, id);
        }

        @CacheAside(key = "own:#id", insideTransaction = CacheAside.InsideTransaction.NEW_READ_TX)
        public Integer findInOwnTransaction(long id) {
            return jdbc.queryForObject("select amount from price where id = ?", Integer.class, id);
        }

        @CacheAside(key = "brief:#id", ttl = "200ms")
        public Integer findBriefly(long id) {
            return jdbc.queryForObject("select amount from price where id = ?", Integer.class, id);
        }

        public void setAround(long id, int amount) {
            jdbc.update("update price set amount = ? where id = ?", amount, id);
        }

        @Transactional
        @WriteThrough(key = "price:#id")
        public Integer setThrough(long id, int amount, boolean rollBack) {
            setAround(id, amount);
            if (rollBack) {
                TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            }
            return amount;
        }

        @WriteThrough(key = "price:#id")
        public Integer setThroughInside(TransactionTemplate transaction, long id, int amount) {
            return transaction.execute(status -> {
                setAround(id, amount);
                return amount;
            });
        }

        @Transactional
        @Invalidate(cache = "price", all = true)
        public void raiseAll() {
            jdbc.update("update price set amount = amount + 1");
        }

        @Invalidate(key = "own:#id")
        public void setOwn(long id, int amount) {
            jdbc.update("update price set amount = ? where id = ?", amount, id);
        }

        @Transactional(readOnly = true)
        @CacheAside(key = "transactional:#id")
        public Integer findInTransaction(long id) {
            inTransaction = TransactionSynchronizationManager.isActualTransactionActive();
            return find(id);
        }

        boolean ranInTransaction() {
            return inTransaction;
        }

        @Invalidate(key = "price:#id")
        public void set(long id, int amount) {
            jdbc.update("update price set amount = ? where id = ?", amount, id);
        }

        @Transactional
        @Invalidate(key = "price:#id", async = true)
        public void setLater(long id, int amount) {
            setAround(id, amount);
        }

        @Transactional
        @Invalidate(key = "price:#id", async = true)
        public void setLaterAndFail(long id, int amount) {
            setAround(id, amount);
            throw new IllegalStateException("after the write");
        }

        @Transactional
        @Invalidate(key = "price:#id")
        public void setInOwnTransaction(long id, int amount) {
            set(id, amount);
        }

        @Transactional
        @Invalidate(key = "price:#id")
        public void setAndFail(long id, int amount) {
            set(id, amount);
            throw new IllegalStateException("rolls back");
        }
    }
}
