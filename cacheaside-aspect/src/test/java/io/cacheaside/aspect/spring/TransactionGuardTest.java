package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.spring.TransactionTest.LossyCommits;
import io.cacheaside.aspect.spring.TransactionTest.Prices;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which reads inside which transactions are stored for others, on a real database. */
class TransactionGuardTest {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration());
    private final Prices prices = context.getBean(Prices.class);
    private final JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
    private final Events events = context.getBean(Events.class);
    private final LossyCommits manager = context.getBean(LossyCommits.class);

    Class<?> configuration() {
        return TransactionTest.Application.class;
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

    private TransactionTemplate transaction(boolean readOnly, int isolation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setReadOnly(readOnly);
        template.setIsolationLevel(isolation);
        return template;
    }

    private TransactionTemplate readWrite() {
        return transaction(false, TransactionDefinition.ISOLATION_DEFAULT);
    }

    private TransactionTemplate readOnly() {
        return transaction(true, TransactionDefinition.ISOLATION_DEFAULT);
    }

    private static TransactionTemplate inner(TransactionTemplate template, int propagation) {
        template.setPropagationBehavior(propagation);
        return template;
    }

    private static <T> T elsewhere(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call)
                .orTimeout(15, TimeUnit.SECONDS)
                .join();
    }

    private void writeElsewhere(int amount) {
        elsewhere(() -> {
            prices.set(1, amount);
            return null;
        });
    }

    // ---- what is read

    @Test
    void snapshot_isReadAndNotStored() {
        for (int level :
                new int[] {TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE
                }) {
            jdbc.execute("update price set amount = 10");
            transaction(true, level).executeWithoutResult(status -> {
                jdbc.queryForList("select amount from price");
                writeElsewhere(11);
                assertThat(prices.find(1)).as("level %d", level).isEqualTo(10);
                writeElsewhere(11);
            });
            assertThat(prices.find(1)).as("level %d", level).isEqualTo(11);
            assertThat(events.all()).contains("bypass price TRANSACTION");
            prices.set(1, 11);
        }
    }

    @Test
    void snapshotThatIsTheConnectionsOwnDefault_isNotStored() {
        DataSource source = context.getBean(DataSource.class);
        DataSourceTransactionManager repeatable = new DataSourceTransactionManager(new DelegatingDataSource(source) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                return connection;
            }
        });
        TransactionTemplate template = new TransactionTemplate(repeatable);
        template.setReadOnly(true);
        template.executeWithoutResult(status -> prices.find(1));
        assertThat(events.all()).containsExactly("miss price", "bypass price TRANSACTION");
    }

    @Test
    void readOnlyAndReadCommitted_isStored() {
        transaction(true, TransactionDefinition.ISOLATION_READ_COMMITTED)
                .executeWithoutResult(status -> prices.find(1));
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "hit price");
    }

    @Test
    void readOnlyAtTheDefaultOfTheDatabase_isStored() {
        readOnly().executeWithoutResult(status -> prices.find(1));
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "hit price");
    }

    @Test
    void readUncommitted_isNotStored() {
        transaction(true, TransactionDefinition.ISOLATION_READ_UNCOMMITTED)
                .executeWithoutResult(status -> prices.find(1));
        assertThat(events.all()).containsExactly("miss price", "bypass price TRANSACTION");
    }

    @Test
    void ownUncommittedRow_isNotStored() {
        readWrite().executeWithoutResult(status -> {
            jdbc.update("update price set amount = 99");
            assertThat(prices.find(1)).isEqualTo(99);
            assertThat(elsewhere(() -> prices.find(1))).isEqualTo(10);
            status.setRollbackOnly();
        });
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "bypass price TRANSACTION", "miss price", "hit price");
    }

    @Test
    void readOnlyMethodInsideAReadWriteTransaction_isStoredByNobody() {
        readWrite().executeWithoutResult(outer -> readOnly().executeWithoutResult(status -> prices.find(1)));
        assertThat(events.all()).containsExactly("miss price", "bypass price TRANSACTION");
    }

    @Test
    void hitInsideATransaction_isTaken() {
        prices.find(1);
        readWrite().executeWithoutResult(status -> assertThat(prices.find(1)).isEqualTo(10));
        assertThat(events.all()).containsExactly("miss price", "hit price");
    }

    @Test
    void transactionWithAnythingElseThatRemembers_storesNothing() {
        Object session = new Object();
        readOnly().executeWithoutResult(status -> {
            TransactionSynchronizationManager.bindResource(session, new ResourceHolderSupport() {});
            prices.find(1);
            TransactionSynchronizationManager.unbindResource(session);
        });
        assertThat(events.all()).containsExactly("miss price", "bypass price TRANSACTION");
    }

    @Test
    void connectionThatDoesNotTellItsLevel_isNoReadCommitted() {
        Throwable rollback = catchThrowable(() -> readOnly().executeWithoutResult(status -> {
            Object holder = TransactionSynchronizationManager.getResource(context.getBean(DataSource.class));
            JdbcUtils.closeConnection(((ConnectionHolder) holder).getConnection());
            assertThat(new SpringTransactionBoundary().current().seesLatestCommitsOnly())
                    .isFalse();
        }));
        assertThat(rollback).isInstanceOf(TransactionSystemException.class);
    }

    @Test
    void newReadTransaction_storesWhatIsCommittedForCallersInsideAnyTransaction() {
        transaction(false, TransactionDefinition.ISOLATION_REPEATABLE_READ).executeWithoutResult(status -> {
            jdbc.queryForList("select amount from price");
            elsewhere(() -> {
                prices.setOwn(1, 11);
                return null;
            });
            assertThat(jdbc.queryForObject("select amount from price", Integer.class))
                    .isEqualTo(10);
            assertThat(prices.findInOwnTransaction(1)).isEqualTo(11);
        });
        assertThat(prices.findInOwnTransaction(1)).isEqualTo(11);
        assertThat(events.all()).containsExactly("invalidated own 1", "miss own", "hit own");
    }

    @Test
    void newReadTransaction_isNotForKeysThatTheCallerWrites() {
        readWrite().executeWithoutResult(status -> {
            prices.setOwn(1, 11);
            assertThat(prices.findInOwnTransaction(1)).isEqualTo(11);
            status.setRollbackOnly();
        });
        assertThat(prices.findInOwnTransaction(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("bypass own PENDING", "miss own");
    }

    // ---- what is written

    @Test
    void transactionThatSuspendsTheWriter_readsAndStoresTheCommittedRow() {
        readWrite().executeWithoutResult(outer -> {
            prices.set(1, 11);
            inner(readOnly(), TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                    .executeWithoutResult(status -> assertThat(prices.find(1)).isEqualTo(10));
            assertThat(prices.find(1)).as("pending again").isEqualTo(11);
        });
        assertThat(prices.find(1)).isEqualTo(11);
        assertThat(events.all())
                .containsExactly("miss price", "bypass price PENDING", "invalidated price 1", "miss price");
    }

    @Test
    void callWithoutTransactionInsideOne_isCachedAsUsual() {
        readWrite().executeWithoutResult(outer -> {
            prices.set(1, 11);
            inner(readOnly(), TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                    .executeWithoutResult(status -> assertThat(prices.find(1)).isEqualTo(10));
        });
        assertThat(prices.find(1)).isEqualTo(11);
        assertThat(events.all()).containsExactly("miss price", "invalidated price 1", "miss price");
    }

    @Test
    void rollbackToASavepoint_invalidatesAllTheSame() {
        prices.find(1);
        readWrite()
                .executeWithoutResult(outer -> inner(readWrite(), TransactionDefinition.PROPAGATION_NESTED)
                        .executeWithoutResult(status -> {
                            prices.set(1, 11);
                            status.setRollbackOnly();
                        }));
        assertThat(prices.find(1)).isEqualTo(10);
        assertThat(events.all()).containsExactly("miss price", "invalidated price 1", "miss price");
    }

    @Test
    void writeThroughAManagerOfItsOwn_isInvalidatedAlthoughTheOuterTransactionRollsBack() {
        JdbcDataSource other = new JdbcDataSource();
        other.setURL("jdbc:h2:mem:outer");
        TransactionTemplate outer = new TransactionTemplate(new DataSourceTransactionManager(other));
        prices.find(1);
        outer.executeWithoutResult(status -> {
            readWrite().executeWithoutResult(inner -> prices.set(1, 11));
            status.setRollbackOnly();
        });
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void writeThatCommitsByItselfOnASecondConnection_isInvalidatedAlthoughTheTransactionRollsBack() {
        prices.find(1);
        TransactionTemplate outer = new TransactionTemplate(
                new DataSourceTransactionManager(new SingleConnectionDataSource("jdbc:h2:mem:outer", true)));
        outer.executeWithoutResult(status -> {
            prices.set(1, 11);
            status.setRollbackOnly();
        });
        assertThat(prices.find(1)).isEqualTo(11);
    }

    @Test
    void readsOfASecondManagerInsideAReadOnlyTransaction_areStoredByNobody() {
        JdbcDataSource other = new JdbcDataSource();
        other.setURL("jdbc:h2:mem:outer");
        TransactionTemplate outer = new TransactionTemplate(new DataSourceTransactionManager(other));
        outer.setReadOnly(true);
        outer.executeWithoutResult(status -> readWrite().executeWithoutResult(inner -> {
            jdbc.update("update price set amount = 99");
            assertThat(prices.find(1)).isEqualTo(99);
            inner.setRollbackOnly();
        }));
        assertThat(prices.find(1)).isEqualTo(10);
    }
}
