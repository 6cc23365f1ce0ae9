package io.cacheaside.redisson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which servers there are and how the one to ask is found. Addresses are {@code redis://host:port} or, with TLS, {@code
 * rediss://host:port}; without a port it is Redis' usual one.
 */
public sealed interface Topology {

    /**
     * One server.
     *
     * @param address may also name {@code user:password@} and {@code /database}, which the other settings override
     */
    record Single(String address) implements Topology {

        /** Names the address without its password. */
        @Override
        public String toString() {
            return RedisAddress.masked(address);
        }
    }

    /**
     * The nodes of a cluster; the others are found through those that are named here.
     *
     * @param nodes addresses of some nodes, at least one
     */
    record Cluster(List<String> nodes) implements Topology {

        /** A cluster with a copy of {@code nodes}. */
        public Cluster {
            nodes = List.copyOf(nodes);
        }

        /** Names the addresses without their passwords. */
        @Override
        public String toString() {
            return "cluster " + RedisAddress.masked(nodes);
        }
    }

    /**
     * Sentinels that know the master.
     *
     * @param master what the sentinels call it
     * @param nodes addresses of some sentinels, at least one; {@code rediss} says that the servers use TLS, too
     * @param username of the sentinels, null for their default user
     * @param password of the sentinels, null for none; that of the servers is never sent to them
     */
    record Sentinels(
            String master,
            List<String> nodes,
            @Nullable String username,
            @Nullable String password) implements Topology {

        /** Sentinels with a copy of {@code nodes}. */
        public Sentinels {
            nodes = List.copyOf(nodes);
        }

        /** Names the addresses without their passwords. */
        @Override
        public String toString() {
            return "'" + master + "' of the sentinels " + RedisAddress.masked(nodes);
        }
    }
}
