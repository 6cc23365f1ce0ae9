package io.cacheaside.redisson;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SubscriptionMode;

/**
 * Makes Redisson clients that are set up as a cache needs them: masters only, few threads and connections, no attempt to
 * connect before the first command, and none of the retries that make a dead Redis expensive.
 */
public final class RedissonClients {

    private static final int THREADS = 2;

    /** Under 10 Redisson pipelines: a connection takes the next command before the last one is answered. */
    private static final int CONNECTIONS = 4;

    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration RECONNECT = Duration.ofMillis(200);

    /** What a connection that breaks while it is set up takes of the time to the next attempt. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    /** A connection without an answer for that long is given up; one of a server that just stood still is kept. */
    private static final Duration PING = Duration.ofSeconds(5);

    /** How often the sentinels, or the nodes of a cluster, are asked who is a master. */
    private static final Duration SCAN = Duration.ofSeconds(1);

    private RedissonClients() {}

    /**
     * A client for {@code settings}, which does not connect yet. The caller shuts it down.
     *
     * @throws ConfigurationException where an address is none, or a trust store cannot be read, naming the property
     */
    public static RedissonClient create(RedissonSettings settings) {
        Config config = new Config();
        config.setCodec(ByteArrayCodec.INSTANCE);
        config.setThreads(THREADS);
        config.setNettyThreads(THREADS);
        config.setLazyInitialization(true);
        config.setNettyHook(new Connections());
        config.setUsername(settings.username());
        config.setPassword(settings.password());
        // Redisson's own scripts, which only the check of the lock layout needs, then do without SCRIPT LOAD
        config.setUseScriptCache(false);
        config.setTcpNoDelay(true);
        config.setTcpKeepAlive(true);
        if (settings.trustStore() != null) {
            config.setSslTrustManagerFactory(settings.trustStore().managers());
        }
        use(config, settings);
        return Redisson.create(config);
    }

    private static void use(Config config, RedissonSettings settings) {
        if (settings.topology() instanceof Topology.Single single) {
            useSingle(config, single, settings);
        } else if (settings.topology() instanceof Topology.Cluster cluster) {
            useCluster(config, cluster, settings);
        } else if (settings.topology() instanceof Topology.Sentinels sentinels) {
            useSentinels(config, sentinels, settings);
        }
    }

    private static void useSingle(Config config, Topology.Single single, RedissonSettings settings) {
        RedisAddress address = RedisAddress.of("cacheaside.redis.address", single.address());
        Integer ofAddress = address.database();
        config.setUsername(first(settings.username(), address.username()));
        config.setPassword(first(settings.password(), address.password()));
        SingleServerConfig server = config.useSingleServer();
        server.setAddress(address.server(PORT));
        server.setDatabase(settings.database() != null ? settings.database() : ofAddress != null ? ofAddress : 0);
        server.setConnectionPoolSize(CONNECTIONS);
        server.setConnectionMinimumIdleSize(1);
        server.setSubscriptionConnectionPoolSize(2);
        server.setSubscriptionConnectionMinimumIdleSize(1);
        setCommon(server);
    }

    private static void useCluster(Config config, Topology.Cluster cluster, RedissonSettings settings) {
        if (settings.database() != null && settings.database() != 0) {
            throw new ConfigurationException(
                    "cacheaside.redis.database = " + settings.database() + ": a cluster has no database but 0");
        }
        ClusterServersConfig servers = config.useClusterServers();
        servers.setNodeAddresses(servers("cacheaside.redis.cluster-nodes", cluster.nodes(), PORT));
        servers.setScanInterval((int) SCAN.toMillis());
        useMasters(servers);
    }

    private static void useSentinels(Config config, Topology.Sentinels sentinels, RedissonSettings settings) {
        if (sentinels.master().isBlank()) {
            throw new ConfigurationException("cacheaside.redis.sentinel-master is empty: it is what the sentinels call"
                    + " the master, in their 'sentinel monitor'");
        }
        SentinelServersConfig servers = config.useSentinelServers();
        servers.setMasterName(sentinels.master());
        servers.setSentinelAddresses(servers("cacheaside.redis.sentinel-nodes", sentinels.nodes(), SENTINEL_PORT));
        // else Redisson sends the servers' credentials to the sentinels
        servers.setSentinelUsername(sentinels.username());
        servers.setSentinelPassword(sentinels.password());
        // one sentinel is enough to find the master; how many there have to be is the operator's business
        servers.setCheckSentinelsList(false);
        servers.setScanInterval((int) SCAN.toMillis());
        servers.setDatabase(settings.database() == null ? 0 : settings.database());
        useMasters(servers);
    }

    private static List<String> servers(String property, List<String> nodes, int defaultPort) {
        return RedisAddress.of(property, nodes).stream()
                .map(node -> node.server(defaultPort))
                .toList();
    }

    private static void useMasters(BaseMasterSlaveServersConfig<?> servers) {
        servers.setReadMode(ReadMode.MASTER);
        servers.setSubscriptionMode(SubscriptionMode.MASTER);
        servers.setMasterConnectionPoolSize(CONNECTIONS);
        servers.setMasterConnectionMinimumIdleSize(1);
        servers.setSlaveConnectionPoolSize(CONNECTIONS);
        servers.setSlaveConnectionMinimumIdleSize(1);
        servers.setSubscriptionConnectionPoolSize(2);
        servers.setSubscriptionConnectionMinimumIdleSize(1);
        setCommon(servers);
    }

    private static void setCommon(BaseConfig<?> servers) {
        servers.setConnectTimeout((int) CONNECT.toMillis());
        servers.setTimeout((int) ANSWER.toMillis());
        servers.setRetryAttempts(0);
        servers.setReconnectionDelay(new ConstantDelay(RECONNECT));
        servers.setPingConnectionInterval((int) PING.toMillis());
    }

    private static @Nullable String first(@Nullable String mine, @Nullable String lower) {
        return mine != null ? mine : lower;
    }
}
