package io.cacheaside.verification.history;

import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.verification.Options;
import io.cacheaside.verification.history.documents.ByHandDocuments;
import io.cacheaside.verification.history.documents.CacheAsideDocuments;
import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.JetCacheDocuments;
import io.cacheaside.verification.history.documents.Probe;
import io.cacheaside.verification.history.documents.Rows;
import io.cacheaside.verification.history.documents.Shelves;
import io.cacheaside.verification.history.documents.SpringCacheDocuments;
import io.cacheaside.verification.history.documents.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.h2.jdbcx.JdbcConnectionPool;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The sides that take part in one JVM, each with a table of its own in the same database. */
final class Sides implements AutoCloseable {

    static final String CACHEASIDE = "cacheaside";
    static final String BY_HAND = "by-hand";

    /** All that can be compared with. */
    static final List<String> PEERS = List.of(BY_HAND, "spring-cache", "jetcache");

    private static final int PATIENCE_MILLIS = 20_000;

    private final Map<String, Documents> sides = new LinkedHashMap<>();
    private final Map<String, Rows> rows = new LinkedHashMap<>();
    private final List<Runnable> toClose = new ArrayList<>();

    /** Opens the named sides. */
    Sides(List<String> names, Options options, Settings settings) {
        String redis = options.text("redis", "");
        String database = options.text("database", "");
        JdbcConnectionPool pool = JdbcConnectionPool.create(database, "sa", "");
        pool.setMaxConnections(settings.threads() + 4);
        toClose.add(pool::dispose);
        DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
        for (String name : names) {
            Rows table = new Rows(
                    new JdbcTemplate(pool), table(name), (int) settings.load().toMillis());
            rows.put(name, table);
            sides.put(name, open(name, redis, options.text("replica", ""), manager, table, settings.shelves()));
        }
    }

    private Documents open(
            String name,
            String redis,
            String replica,
            DataSourceTransactionManager manager,
            Rows table,
            Shelves shelves) {
        if (name.equals(CACHEASIDE)) {
            RedissonClient redisson = replica.isEmpty()
                    ? RedissonClients.create(RedissonSettings.of(redis))
                    : withReplica(redis, replica);
            return new CacheAsideDocuments(redisson, manager, table, shelves, new Probe() {});
        }
        Transactions transactions = new Transactions(manager);
        return switch (name) {
            case "spring-cache" -> new SpringCacheDocuments(redis, transactions, table);
            case "jetcache" -> new JetCacheDocuments(redis, transactions, table);
            default -> new ByHandDocuments(usualRedisson(redis), transactions, table);
        };
    }

    /** Reads of this client go to the replica, unless they are told otherwise. */
    private static RedissonClient withReplica(String redis, String replica) {
        Config config = new Config();
        config.useMasterSlaveServers()
                .setMasterAddress(redis)
                .addSlaveAddress(replica)
                .setReadMode(ReadMode.SLAVE)
                .setRetryAttempts(0)
                .setTimeout(PATIENCE_MILLIS)
                .setConnectTimeout(PATIENCE_MILLIS)
                .setMasterConnectionMinimumIdleSize(16)
                .setMasterConnectionPoolSize(32)
                .setSlaveConnectionMinimumIdleSize(2)
                .setSlaveConnectionPoolSize(4);
        return Redisson.create(config);
    }

    /** Redisson as it comes, but for a machine that is busy with the race. */
    private RedissonClient usualRedisson(String redis) {
        Config config = new Config();
        config.useSingleServer().setAddress(redis).setTimeout(PATIENCE_MILLIS).setConnectTimeout(PATIENCE_MILLIS);
        RedissonClient redisson = Redisson.create(config);
        toClose.add(redisson::shutdown);
        return redisson;
    }

    /** The table of a side. */
    static String table(String side) {
        return "document_" + side.replace('-', '_');
    }

    Documents documents(String side) {
        return Objects.requireNonNull(sides.get(side), side);
    }

    Rows rows(String side) {
        return Objects.requireNonNull(rows.get(side), side);
    }

    @Override
    public void close() {
        sides.values().forEach(Documents::close);
        toClose.forEach(Runnable::run);
    }
}
