package io.cacheaside.jdbc;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Removal;
import io.cacheaside.test.ForwardingStore;
import io.cacheaside.test.Gate;
import io.cacheaside.test.GatedSlots;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.Slots;
import io.cacheaside.test.TestJvm;
import io.cacheaside.test.TestJvm.Call;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Relays on rows whose writers are gone. */
abstract class RelayContract extends OutboxSuite {

    private final FaultyStore store = new FaultyStore(memory.store());

    RelayContract(TestDatabase database) throws SQLException {
        super(database);
    }

    @Test
    void tenThousandRows_areDelivered() throws Throwable {
        addRows(10_000);
        relay(store, QUICK);
        await("all rows", () -> events.count("relayed") == 10_000);
        assertThat(rows()).isZero();
    }

    @Test
    void rowsOfOneKey_areRemovedTogether() throws Throwable {
        for (int i = 0; i < 50; i++) {
            addRow(KEY);
        }
        relay(store, QUICK);
        await("all rows", () -> rows() == 0);
        assertThat(store.removals).hasValue(1);
    }

    @Test
    void twoRelays_neitherWaitForEachOtherNorDeliverARowTwice() throws Throwable {
        addRows(1_000);
        GatedSlots slow = new GatedSlots(Slots.of(memory));
        Gate held = slow.holdBeforeSend(Operation.INVALIDATE);
        relay(anotherOutbox(dataSource), slow.slots().store(), QUICK);
        held.awaitArrival();
        relay(store, QUICK);
        await("all that the first one has not locked", () -> events.count("relayed") == 900);
        held.open();
        await("all rows", () -> events.count("relayed") == 1_000);
        assertThat(rows()).isZero();
    }

    @Test
    void rowOfAWriterUnderWay_isLeftToIt() throws Throwable {
        addRow(KEY);
        TestDatabase.execute(dataSource, "update " + OutboxTable.NAME + " set due_at = created_at + interval '1' hour");
        addKeys("test:account:2");
        relay(store, QUICK);
        await("the other row", () -> events.count("relayed") == 1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void rowOfAnotherNamespace_isLeftToItsOwnRelay() throws Throwable {
        outbox.ready();
        insert("'other'", "'other:account:1'");
        addRow(KEY);
        relay(store, QUICK);
        await("the other row", () -> events.count("relayed") == 1);
        assertThat(rowsWhere("namespace = 'other' and attempts = 0")).isEqualTo(1);
    }

    @Test
    void rowsThatCannotBeRead_areSetAsideAndStopNobody() throws Throwable {
        outbox.ready();
        insert("'test'", "null");
        insert("'test'", "'elsewhere:account:1'");
        insert("'test'", "'test:'");
        insert("'test'", "'test:" + "x".repeat(10_000) + "'");
        addRow(KEY);
        relay(store, QUICK);
        await("the readable row", () -> events.count("relayed") == 1);
        await("the others", () -> events.count("set aside") == 4);
        assertThat(rowsWhere("set_aside_at is not null and last_error is not null"))
                .isEqualTo(4);
        addRow(KEY);
        await("a later row", () -> events.count("relayed") == 2);
        assertThat(events.count("set aside")).as("told once").isEqualTo(4);
    }

    @Test
    void keyThatTheStoreRefuses_isSetAsideAfterSomeAttempts_andStopsNobody() throws Throwable {
        store.refuses = removal -> removal.key().endsWith(":bad");
        addRow("test:account:bad");
        addKeys("test:account:2", "test:account:3");
        relay(store, QUICK);
        await("the good ones", () -> events.count("relayed") == 2);
        await("the bad one", () -> events.count("set aside") == 1);
        assertThat(rowsWhere("set_aside_at is not null and attempts = 3 and last_error like '%3 attempts%'"))
                .isEqualTo(1);
    }

    @Test
    void storeAway_keepsTheRowsWithoutCountingAttempts() throws Throwable {
        store.away = true;
        addRows(250);
        relay(store, QUICK);
        await("several attempts", () -> store.removals.get() > 1_000);
        assertThat(rowsWhere("attempts = 0 and set_aside_at is null")).isEqualTo(250);
        store.away = false;
        await("all rows", () -> events.count("relayed") == 250);
        assertThat(rows()).isZero();
        assertThat(events.count("set aside")).isZero();
    }

    @Test
    void databaseAway_isWaitedFor() throws Throwable {
        AtomicInteger refused = new AtomicInteger();
        boolean[] away = {true};
        DataSource flaky = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    if (away[0]) {
                        refused.incrementAndGet();
                        throw new SQLException("the database is away", "08001");
                    }
                    try {
                        return method.invoke(dataSource, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        addRows(3);
        relay(anotherOutbox(flaky), store, QUICK);
        await("several attempts", () -> refused.get() > 3);
        away[0] = false;
        await("all rows", () -> rows() == 0);
    }

    @Test
    void close_endsTheBatchUnderWay() throws Throwable {
        addRows(10);
        GatedSlots slow = new GatedSlots(Slots.of(memory));
        Gate reply = slow.holdReply(Operation.INVALIDATE);
        OutboxRelay relay = relay(anotherOutbox(dataSource), slow.slots().store(), QUICK);
        reply.awaitArrival();
        Call<@Nullable Void> closing = TestJvm.start(() -> {
            relay.close();
            return null;
        });
        closing.awaitParkedIn(OutboxRelay.class, "close");
        reply.open();
        closing.result();
        assertThat(rows()).isZero();
        addRows(1);
        assertThat(rows()).as("nobody works any more").isEqualTo(1);
    }

    @Test
    void relayThatDiesBeforeItsCommit_leavesTheRowsToTheNext() throws Throwable {
        addRows(10);
        GatedSlots slow = new GatedSlots(Slots.of(memory));
        slow.loseReply(Operation.INVALIDATE);
        try (OwnTransaction dying = OwnTransaction.on(dataSource)) {
            OutboxTable table = outbox.ensured(dying.connection());
            assertThat(table.lockDue(dying.connection(), 100)).hasSize(10);
            try (OwnTransaction other = OwnTransaction.on(dataSource)) {
                assertThat(table.lockDue(other.connection(), 100)).isEmpty();
            }
        }
        relay(store, QUICK);
        await("all rows", () -> events.count("relayed") == 10);
        assertThat(rows()).isZero();
    }

    @Test
    void deletingWhatARelayHasLocked_doesNotWait() throws Throwable {
        addRow(KEY);
        try (OwnTransaction relay = OwnTransaction.on(dataSource);
                OwnTransaction writer = OwnTransaction.on(dataSource)) {
            OutboxTable table = outbox.ensured(relay.connection());
            OutboxRow locked = table.lockDue(relay.connection(), 1).get(0);
            table.deleteUnlocked(writer.connection(), List.of(locked.id()));
            writer.commit();
            assertThat(rows()).isEqualTo(1);
        }
    }

    @Test
    void connection_isGivenBackAsItWas() throws Throwable {
        try (var connection = dataSource.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            boolean autoCommit = connection.getAutoCommit();
            DataSource same = (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, args) -> uncloseable(connection));
            try (OwnTransaction transaction = OwnTransaction.on(same)) {
                assertThat(transaction.connection().getAutoCommit()).isFalse();
            }
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
        }
    }

    private static Connection uncloseable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                RelayContract.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> method.getName().equals("close") ? null : method.invoke(connection, args));
    }

    private void addRow(String key) throws Throwable {
        addKeys(key);
    }

    private void addKeys(String... keys) throws Throwable {
        outbox.ready();
        for (String key : keys) {
            insert("'test'", "'" + key + "'");
        }
    }

    /** As another program may. */
    private void insert(String namespace, String key) throws SQLException {
        TestDatabase.execute(
                dataSource,
                "insert into " + OutboxTable.NAME + " (id, namespace, cache, cache_key) values ('" + UUID.randomUUID()
                        + "', " + namespace + ", 'account', " + key + ")");
    }

    /** Counts removed keys; refuses some, or answers nothing at all. */
    private static final class FaultyStore extends ForwardingStore {

        private final AtomicInteger removals = new AtomicInteger();
        private volatile Predicate<Removal> refuses = removal -> false;
        private volatile boolean away;

        FaultyStore(CacheStore target) {
            super(target);
        }

        @Override
        public CompletableFuture<byte @Nullable []> get(String key) {
            return away ? CompletableFuture.failedFuture(new TimeoutException("away")) : super.get(key);
        }

        @Override
        public CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle) {
            return away ? get(key) : super.getAndTouch(key, idle);
        }

        @Override
        public CompletableFuture<Void> remove(Collection<Removal> all) {
            removals.addAndGet(all.size());
            if (away || all.stream().anyMatch(refuses)) {
                return CompletableFuture.failedFuture(new TimeoutException("away"));
            }
            return super.remove(all);
        }
    }
}
