package io.cacheaside.verification;

import io.cacheaside.jdbc.JdbcOutbox;
import io.cacheaside.jdbc.OutboxRelay;
import io.cacheaside.jdbc.RelayPolicy;
import io.cacheaside.jdbc.TransactionConnection;
import io.cacheaside.policy.Durations;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Outbox.Note;
import io.cacheaside.test.EmbeddedRedis;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.redisson.api.RedissonClient;

/**
 * How late the outbox's relay is for writers that die right after their commit, and how long it takes to deliver what has
 * piled up. A real Redis; H2 in memory and a real PostgreSQL.
 */
final class RelayLag {

    private static final String NAMESPACE = "lag";
    private static final int WARM_UP = 100;
    private static final long LAG_AIM_MICROS = 1_000_000;
    private static final long DRAIN_AIM_MICROS = 10_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private RelayLag() {}

    /** What to do: {@code writes} commits, one each {@code pause}, then {@code rows} that wait for the relay. */
    record Plan(int writes, Duration pause, int rows) {

        static Plan of(Options options) {
            options.only(Set.of("writes", "pause", "rows"));
            return new Plan(
                    options.positive("writes", 500),
                    Durations.parse(options.text("pause", "10ms")),
                    options.positive("rows", 10_000));
        }
    }

    /** What one database showed, in microseconds. */
    record Run(String database, long p50, long p99, long max, long drain) {

        boolean passed() {
            return p99 < LAG_AIM_MICROS && drain < DRAIN_AIM_MICROS;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-11s relay lag p50 %d ms, p99 %d ms, max %d ms; all rows delivered in %d ms",
                    database,
                    p50 / 1000,
                    p99 / 1000,
                    max / 1000,
                    drain / 1000);
        }
    }

    /** The last line. */
    record Verdict(Plan plan, List<Run> runs) {

        boolean passed() {
            return runs.stream().allMatch(Run::passed);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s outbox: relay lag p99 %d ms at most (aim < 1000 ms), %d pending rows delivered in %d ms at most"
                            + " (aim < 10000 ms), on %s",
                    passed() ? "PASS" : "FAIL",
                    runs.stream().mapToLong(Run::p99).max().orElse(0) / 1000,
                    plan.rows,
                    runs.stream().mapToLong(Run::drain).max().orElse(0) / 1000,
                    runs.stream().map(Run::database).toList());
        }
    }

    static Verdict run(Plan plan, PrintStream out) throws IOException, SQLException {
        List<Run> runs = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            runs.add(on("H2", JdbcConnectionPool.create("jdbc:h2:mem:lag;DB_CLOSE_DELAY=-1", "", ""), redis, plan));
            out.println(runs.get(0));
            PGConnectionPoolDataSource pooled = new PGConnectionPoolDataSource();
            pooled.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
            runs.add(on("PostgreSQL", JdbcConnectionPool.create(pooled), redis, plan));
            out.println(runs.get(1));
        }
        return new Verdict(plan, List.copyOf(runs));
    }

    private static Run on(String database, JdbcConnectionPool source, EmbeddedRedis redis, Plan plan)
            throws SQLException {
        RedissonClient redisson = RedissonClients.create(RedissonSettings.of(redis.address()));
        try {
            RedissonSlots slots = RedissonSlots.open(redisson, NAMESPACE, RedissonPolicy.DEFAULTS);
            Acknowledged store = new Acknowledged(slots.store());
            Writer writer = new Writer(source);
            writer.createTable(database);
            return measured(database, plan, store, writer);
        } finally {
            redisson.shutdown();
            source.dispose();
        }
    }

    private static Run measured(String database, Plan plan, Acknowledged store, Writer writer) throws SQLException {
        Percentiles lags;
        try (OutboxRelay relay = writer.relay(store)) {
            Map<String, Long> committed = new HashMap<>();
            for (int i = -WARM_UP; i < plan.writes; i++) {
                String key = NAMESPACE + ":row:" + i;
                writer.commit(List.of(key));
                if (i >= 0) {
                    committed.put(key, System.nanoTime());
                }
                LockSupport.parkNanos(plan.pause.toNanos());
            }
            await(() -> store.keys() == WARM_UP + plan.writes, relay);
            lags = new Percentiles(committed.entrySet().stream()
                    .mapToLong(commit -> store.micros(commit.getKey(), commit.getValue()))
                    .toArray());
        }
        await(() -> writer.rows() == 0, writer);
        writer.commit(IntStream.range(0, plan.rows)
                .mapToObj(i -> NAMESPACE + ":pending:" + i)
                .toList());
        writer.makeDue();
        long begin = System.nanoTime();
        try (OutboxRelay relay = writer.relay(store)) {
            await(() -> store.keys() == WARM_UP + plan.writes + plan.rows && writer.rows() == 0, relay);
        }
        return new Run(database, lags.at(50), lags.at(99), lags.at(100), (System.nanoTime() - begin) / 1000);
    }

    private static void await(Condition condition, Object what) throws SQLException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not delivered within a minute by " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    /** Commits durable invalidations and dies each time: nobody sends them, nobody tells the outbox. */
    private static final class Writer implements TransactionConnection {

        private final DataSource source;
        private final JdbcOutbox outbox;
        private final ThreadLocal<Connection> current = new ThreadLocal<>();

        Writer(DataSource source) {
            this.source = source;
            this.outbox = JdbcOutbox.on(source, this, NAMESPACE);
        }

        OutboxRelay relay(Acknowledged store) {
            return OutboxRelay.start(outbox, store, CacheListener.none(), RelayPolicy.DEFAULTS);
        }

        void createTable(String database) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : Schema.of(database)) {
                    statement.execute(sql);
                }
            }
        }

        void commit(List<String> keys) throws SQLException {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                current.set(connection);
                outbox.note(keys.stream()
                        .map(key -> new Note("row", key, Duration.ZERO))
                        .toList());
                connection.commit();
                connection.setAutoCommit(true);
            } finally {
                current.remove();
            }
        }

        @Override
        public void lend(Work work) throws SQLException {
            work.on(current.get());
        }

        void makeDue() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update cacheaside_outbox set due_at = created_at");
            }
        }

        int rows() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from cacheaside_outbox")) {
                count.next();
                return count.getInt(1);
            }
        }
    }
}
