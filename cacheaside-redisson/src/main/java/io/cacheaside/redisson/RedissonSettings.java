package io.cacheaside.redisson;

import io.cacheaside.error.ConfigurationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and who we are there.
 *
 * @param topology which servers there are
 * @param username null for Redis' default user
 * @param password null for none
 * @param database null for the one that the address names, else 0; a cluster has no other
 * @param trustStore the certificates that are trusted with TLS, null for the JVM's
 */
public record RedissonSettings(
        Topology topology,
        @Nullable String username,
        @Nullable String password,
        @Nullable Integer database,
        @Nullable TrustStore trustStore) {

    /**
     * Settings of a single server that say only its address.
     *
     * @throws ConfigurationException where it is null, as an environment variable that nobody has set
     */
    public static RedissonSettings of(String address) {
        if (address == null) {
            throw new ConfigurationException(
                    "the address of Redis is null: write redis://host:port, or rediss://host:port for TLS");
        }
        return of(new Topology.Single(address));
    }

    /** Settings of a cluster that say only the addresses of some of its nodes. */
    public static RedissonSettings ofCluster(List<String> nodes) {
        return of(new Topology.Cluster(nodes));
    }

    /** Settings that say only where sentinels are and what they call the master. */
    public static RedissonSettings ofSentinels(String master, List<String> nodes) {
        return of(new Topology.Sentinels(master, nodes, null, null));
    }

    /** Settings that say only which servers there are. */
    public static RedissonSettings of(Topology topology) {
        return new RedissonSettings(topology, null, null, null, null);
    }

    /** These settings with a password. */
    public RedissonSettings withPassword(String other) {
        return withUser(username, other);
    }

    /** These settings with a user and the password. */
    public RedissonSettings withUser(@Nullable String name, @Nullable String secret) {
        return new RedissonSettings(topology, name, secret, database, trustStore);
    }

    /** These settings with another database. */
    public RedissonSettings withDatabase(@Nullable Integer other) {
        return new RedissonSettings(topology, username, password, other, trustStore);
    }

    /** These settings with other trusted certificates. */
    public RedissonSettings withTrustStore(@Nullable TrustStore other) {
        return new RedissonSettings(topology, username, password, database, other);
    }

    /** Names the addresses without their passwords, and nothing else. */
    @Override
    public String toString() {
        return "RedissonSettings[" + topology + "]";
    }
}
