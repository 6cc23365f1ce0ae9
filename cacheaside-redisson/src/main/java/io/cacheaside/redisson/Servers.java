package io.cacheaside.redisson;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.config.BaseConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.ConfigSupport;
import org.redisson.config.SentinelServersConfig;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Which masters there are and which slots they serve. What the client knows of that may be some seconds old, which does for
 * commands that name a key: who does not serve it says who does. Whoever has to meet <em>all</em> keys asks the masters
 * themselves ({@link #slots}).
 */
final class Servers {

    private static final RedisCommand<String> CLUSTER_NODES = new RedisCommand<>("CLUSTER", "NODES");
    private static final Object ALL_TOGETHER = "all";

    private final CommandAsyncExecutor executor;

    Servers(CommandAsyncExecutor executor) {
        this.executor = executor;
    }

    /** Where the servers are, for people. */
    String address() {
        BaseConfig<?> servers =
                ConfigSupport.getConfig(executor.getServiceManager().getCfg());
        if (servers instanceof ClusterServersConfig cluster) {
            return "cluster " + RedisAddress.masked(cluster.getNodeAddresses());
        }
        if (servers instanceof SentinelServersConfig sentinels) {
            return "'" + sentinels.getMasterName() + "' of " + RedisAddress.masked(sentinels.getSentinelAddresses());
        }
        String address = executor.getServiceManager().getConfig().getMasterAddress();
        return address == null ? "(several nodes)" : RedisAddress.masked(address);
    }

    /** True where one command must not name keys of several slots. Known once Redis has answered. */
    boolean isCluster() {
        return executor.getServiceManager().isClusterSetup();
    }

    /** Equal for keys that one command may name together. */
    Object groupOf(String key) {
        if (!isCluster()) {
            return ALL_TOGETHER;
        }
        return knowsSlots() ? executor.getConnectionManager().calcSlot(key) : key;
    }

    /** False for a client that was told of one node of a cluster only. */
    private boolean knowsSlots() {
        return executor.getServiceManager().getCfg().isClusterConfig();
    }

    /**
     * All masters that the client knows.
     *
     * @throws IllegalStateException where it knows one node of a cluster only
     */
    Collection<MasterSlaveEntry> masters() {
        if (isCluster() && !knowsSlots()) {
            throw new IllegalStateException(
                    "The Redisson client knows one node of a cluster only, so not all keys can be"
                            + " found: configure it with useClusterServers()");
        }
        return knownMasters();
    }

    /** The masters that the client knows. */
    Collection<MasterSlaveEntry> knownMasters() {
        return executor.getConnectionManager().getEntrySet();
    }

    /** The master of {@code key}, the same object after a failover; null where a cluster has none for its slot. */
    @Nullable
    MasterSlaveEntry masterOf(String key) {
        return executor.getConnectionManager()
                .getEntry(executor.getConnectionManager().calcSlot(key));
    }

    /**
     * Which of {@link #masters} serves which slots, as each says now: equal as long as no slot changes its place. Fails
     * where one is being moved, or is served by none of them. Of a server without slots nothing.
     */
    CompletableFuture<ClusterSlots> slots() {
        if (!isCluster()) {
            return CompletableFuture.completedFuture(ClusterSlots.NONE);
        }
        List<CompletableFuture<String>> views =
                masters().stream().map(this::nodes).toList();
        return CompletableFuture.allOf(views.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> ClusterSlots.of(
                        views.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<String> nodes(MasterSlaveEntry master) {
        RFuture<String> view = executor.writeAsync(master, StringCodec.INSTANCE, CLUSTER_NODES);
        return view.toCompletableFuture();
    }
}
