package io.cacheaside.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.engine.Stale;
import io.cacheaside.engine.Write;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Outbox.Note;
import io.cacheaside.spi.Ticker;
import io.cacheaside.test.GatedSlots;
import io.cacheaside.test.JavaSerializationCodec;
import io.cacheaside.test.Slots;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Common ground of the suites: a database, in-memory slots, two clients with gates of their own, one of them durable. */
abstract class OutboxSuite {

    static final InvalidationPolicy DURABLE = InvalidationPolicy.PLAIN.withNote();
    static final String NAMESPACE = "test";
    static final String KEY = "test:account:1";

    /** Does not look by itself, but deletes what writers have delivered. */
    static final RelayPolicy NEVER_LOOKS = RelayPolicy.DEFAULTS.withPollInterval(Duration.ofHours(1));

    static final RelayPolicy QUICK = new RelayPolicy(
            Duration.ofMillis(5), 100, Duration.ofMillis(1), Duration.ofMillis(20), 3, Duration.ofSeconds(5));

    final DataSource dataSource;
    final JdbcTransactions transactions;
    final MemorySlots memory = new MemorySlots(Ticker.system());
    final GatedSlots gates = new GatedSlots(Slots.of(memory));
    final Events events = new Events();
    final JdbcOutbox outbox;
    final CacheAsideClient writer;
    final CacheAsideClient reader = client(new GatedSlots(Slots.of(memory))).build();
    final ReadPath reads = reader.readPath(reader.policyOf("account", CacheSettings.NONE), String.class);
    private final List<OutboxRelay> relays = new ArrayList<>();

    OutboxSuite(TestDatabase database) throws SQLException {
        dataSource = database.open();
        transactions = new JdbcTransactions(dataSource);
        outbox = JdbcOutbox.on(dataSource, transactions, NAMESPACE);
        writer = client(gates).transactions(transactions).outbox(outbox).build();
        TestDatabase.execute(dataSource, "insert into account values (1, 'v1')");
    }

    private CacheAsideClientBuilder client(GatedSlots slots) {
        return CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(slots.slots().store())
                .leases(slots.slots().leases())
                .codec(new JavaSerializationCodec())
                .listener(events);
    }

    @AfterEach
    void close() {
        relays.forEach(OutboxRelay::close);
        writer.close();
        reader.close();
    }

    OutboxRelay relay(CacheStore store, RelayPolicy policy) {
        return relay(outbox, store, policy);
    }

    OutboxRelay relay(JdbcOutbox on, CacheStore store, RelayPolicy policy) {
        OutboxRelay relay = OutboxRelay.start(on, store, events, policy);
        relays.add(relay);
        return relay;
    }

    /** One more process's view of the same table. */
    JdbcOutbox anotherOutbox(DataSource source) {
        return JdbcOutbox.on(source, transactions, NAMESPACE);
    }

    /** A durable write method that changes the row of {@link #KEY}, in the transaction under way. */
    void write(Connection connection, String balance) throws SQLException {
        List<Stale> keys = List.of(new Stale("account", KEY, DURABLE));
        Write write = writer.beginWrite(keys);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update account set balance = '" + balance + "' where id = 1");
        }
        write.finished(keys);
    }

    /** Reads the row of {@link #KEY} through the cache. */
    @Nullable
    Object read() throws Throwable {
        return reads.read(KEY, this::balance, null);
    }

    Object balance() throws SQLException {
        return ask("select balance from account where id = 1");
    }

    /** Inserts {@code count} rows that nobody has delivered, due now. */
    void addRows(int count) throws Throwable {
        List<Stale> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(new Stale("account", NAMESPACE + ":account:" + (100 + i), DURABLE));
        }
        outbox.ready();
        transactions.run(connection -> outbox.note(keys.stream()
                .map(key -> new Note("account", key.key(), Duration.ZERO))
                .toList()));
        makeDue();
    }

    void makeDue() throws SQLException {
        TestDatabase.execute(dataSource, "update " + OutboxTable.NAME + " set due_at = created_at");
    }

    int rows() {
        return rowsWhere("1 = 1");
    }

    int rowsWhere(String condition) {
        try {
            return ((Number) ask("select count(*) from " + OutboxTable.NAME + " where " + condition)).intValue();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Object ask(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getObject(1);
        }
    }

    /** Counts what the engine and the relays tell. */
    static final class Events implements CacheListener {

        private final Map<String, Integer> counts = new ConcurrentHashMap<>();

        int count(String event) {
            return counts.getOrDefault(event, 0);
        }

        @Override
        public void invalidated(String cache, int keys) {
            counts.merge("invalidated", keys, Integer::sum);
        }

        @Override
        public void relayed(String cache, Duration lag) {
            assertThat(lag).isPositive();
            counts.merge("relayed", 1, Integer::sum);
        }

        @Override
        public void setAside(String cache) {
            counts.merge("set aside", 1, Integer::sum);
        }
    }
}
