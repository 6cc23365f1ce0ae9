package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.error.UnconfirmedInvalidationException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.GatedSlots;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.JavaSerializationCodec;
import io.cacheaside.test.Slots;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Strict writes in real transactions of a real database. */
class StrictTransactionTest {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Application.class);
    private final Prices prices = context.getBean(Prices.class);
    private final JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
    private final GatedSlots gates = context.getBean(GatedSlots.class);
    private final Commits manager = context.getBean(Commits.class);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    @BeforeEach
    void fill() {
        jdbc.execute("create table price (id identity primary key, amount int)");
        jdbc.execute("insert into price (amount) values (10)");
    }

    @AfterEach
    void close() {
        jdbc.execute("drop table price");
        context.close();
    }

    @Test
    void keysAreMarkedOnceBetweenTheLastStatementAndTheCommit() {
        transaction.executeWithoutResult(status -> {
            prices.set(1, 11);
            prices.set(1, 12);
            prices.create(5);
            assertThat(gates.answered(Operation.MARK)).isZero();
        });
        assertThat(manager.marksAtCommit).isEqualTo(1);
        assertThat(gates.answered(Operation.MARK)).isEqualTo(1);
        assertThat(gates.answered(Operation.INVALIDATE)).isEqualTo(1);
        assertThat(prices.find(1)).isEqualTo(12);
    }

    @Test
    void writeInItsOwnTransaction_isMarkedBeforeItsCommit() {
        prices.setInOwnTransaction(1, 11);
        assertThat(manager.marksAtCommit).isEqualTo(1);
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void failedMark_rollsBackAndReachesTheCaller() {
        assertThat(prices.find(1)).isEqualTo(10);
        gates.loseRequest(Operation.MARK);
        assertThatThrownBy(() -> prices.setInOwnTransaction(1, 11)).isInstanceOf(StrictWriteException.class);
        assertThat(jdbc.queryForObject("select amount from price where id = 1", Integer.class))
                .isEqualTo(10);
        assertThat(prices.find(1)).isEqualTo(10);
        prices.setInOwnTransaction(1, 11);
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void rollback_marksNothing() {
        transaction.executeWithoutResult(status -> {
            prices.set(1, 11);
            status.setRollbackOnly();
        });
        assertThat(gates.answered(Operation.MARK)).isZero();
    }

    @Test
    void firstWriteDuringTheCommit_isInvalidatedAndTold() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger("io.cacheaside.engine.TransactionWrites");
        logger.addAppender(log);
        assertThat(prices.find(1)).isEqualTo(10);
        transaction.executeWithoutResult(
                status -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        prices.set(1, 11);
                    }
                }));
        logger.detachAppender(log);
        assertThat(prices.find(1)).isEqualTo(11);
        assertThat(log.list)
                .singleElement()
                .asString()
                .contains("price:1]", "neither marked nor noted before the commit");
    }

    @Test
    void resultKeyWithoutTransaction_writesNothing() {
        assertThatThrownBy(() -> prices.create(5))
                .isInstanceOf(StrictWriteException.class)
                .hasMessageContaining("Prices.create(int)");
        assertThat(jdbc.queryForObject("select count(*) from price", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void unconfirmedRemoval_isToldAfterTheCommitAndAfterEverybodyElse() {
        List<String> heard = new ArrayList<>();
        gates.loseRequest(Operation.INVALIDATE);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    prices.setAndTell(1, 11);
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            heard.add("commit");
                        }
                    });
                }))
                .isInstanceOf(UnconfirmedInvalidationException.class)
                .hasMessageContaining("price:1]");
        assertThat(heard).containsExactly("commit");
        assertThat(jdbc.queryForObject("select amount from price where id = 1", Integer.class))
                .isEqualTo(11);
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void unconfirmedRemovalWithoutTransaction_isToldBesideTheMethodsOwnException() {
        gates.loseRequest(Operation.INVALIDATE);
        assertThatThrownBy(() -> prices.setAndTell(1, 11)).isInstanceOf(UnconfirmedInvalidationException.class);
        gates.loseRequest(Operation.INVALIDATE);
        assertThatThrownBy(() -> prices.setAndTell(2, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .hasOnlyElementsOfType(UnconfirmedInvalidationException.class)
                        .hasSize(1));
    }

    @Test
    void unconfirmedRemoval_isNotToldWhereNobodyAsked() {
        gates.loseRequest(Operation.INVALIDATE);
        prices.set(1, 11);
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Configuration
    @EnableCacheAside
    @EnableTransactionManagement
    static class Application {

        @Bean
        DataSource source() {
            JdbcDataSource source = new JdbcDataSource();
            source.setUrl("jdbc:h2:mem:strict;DB_CLOSE_DELAY=-1");
            return source;
        }

        @Bean
        GatedSlots slots() {
            return new GatedSlots(Slots.of(new MemorySlots(Ticker.system())));
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource source, GatedSlots slots) {
            return new Commits(source, slots);
        }

        @Bean
        JdbcTemplate jdbc(DataSource source) {
            return new JdbcTemplate(source);
        }

        @Bean
        CacheAsideClient client(GatedSlots slots, TransactionBoundary transactions) {
            return CacheAsideClient.builder()
                    .namespace("shop")
                    .store(slots.slots().store())
                    .leases(slots.slots().leases())
                    .codec(new JavaSerializationCodec())
                    .transactions(transactions)
                    .build();
        }

        @Bean
        Prices prices(JdbcTemplate jdbc) {
            return new Prices(jdbc);
        }
    }

    /** Remembers how many marks there were when it committed last. */
    static class Commits extends DataSourceTransactionManager {

        private static final long serialVersionUID = 1L;
        private final transient GatedSlots gates;
        private int marksAtCommit;

        Commits(DataSource source, GatedSlots gates) {
            super(source);
            this.gates = gates;
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            marksAtCommit = gates.answered(Operation.MARK);
            super.doCommit(status);
        }
    }

    static class Prices {

        private final JdbcTemplate jdbc;

        Prices(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @CacheAside(key = "price:#id")
        public Integer find(long id) {
            return jdbc.queryForObject("select amount from price where id = ?", Integer.class, id);
        }

        @Invalidate(key = "price:#id", strict = true)
        public void set(long id, int amount) {
            jdbc.update("update price set amount = ? where id = ?", amount, id);
        }

        @Transactional
        @Invalidate(key = "price:#id", strict = true)
        public void setInOwnTransaction(long id, int amount) {
            jdbc.update("update price set amount = ? where id = ?", amount, id);
        }

        @Invalidate(key = "price:#id", onUnconfirmed = Invalidate.OnUnconfirmed.THROW)
        public void setAndTell(long id, int amount) {
            if (amount < 0) {
                throw new IllegalArgumentException("amount " + amount);
            }
            jdbc.update("update price set amount = ? where id = ?", amount, id);
        }

        @Invalidate(key = "price:#result", strict = true)
        public long create(int amount) {
            jdbc.update("insert into price (amount) values (?)", amount);
            Long id = jdbc.queryForObject("select max(id) from price", Long.class);
            return id == null ? 0 : id;
        }
    }
}
