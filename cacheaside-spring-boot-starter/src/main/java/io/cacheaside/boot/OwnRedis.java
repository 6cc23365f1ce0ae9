package io.cacheaside.boot;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.Topology;
import io.cacheaside.redisson.TrustStore;
import java.io.FileNotFoundException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ResourceUtils;

/** What {@code cacheaside.redis.*} says. */
record OwnRedis(CacheAsideProperties.Redis said) {

    private static final String PREFIX = "cacheaside.redis.";

    /**
     * What {@code said} says.
     *
     * @throws ConfigurationException where it says two things, or a part of one
     */
    OwnRedis {
        List<String> ways = ways(said);
        if (ways.size() > 1) {
            throw new ConfigurationException(PREFIX + String.join(" and " + PREFIX, ways)
                    + " are set: say one of them, a server, a cluster or sentinels");
        }
        if (ways.isEmpty()) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            parts.put("username", said.username());
            parts.put("password", said.password());
            parts.put("database", said.database());
            refuse(parts, "address", ": set the address, or use spring.data.redis.* for all of it");
        }
        if (said.sentinelNodes().isEmpty()) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            parts.put("sentinel-master", said.sentinelMaster());
            parts.put("sentinel-username", said.sentinelUsername());
            parts.put("sentinel-password", said.sentinelPassword());
            refuse(parts, "sentinel-nodes", "");
        }
    }

    private static List<String> ways(CacheAsideProperties.Redis said) {
        Map<String, Boolean> ways = new LinkedHashMap<>();
        ways.put("address", said.address() != null);
        ways.put("cluster-nodes", !said.clusterNodes().isEmpty());
        ways.put("sentinel-nodes", !said.sentinelNodes().isEmpty());
        return ways.keySet().stream().filter(ways::get).toList();
    }

    private static void refuse(Map<String, @Nullable Object> parts, String missing, String advice) {
        parts.forEach((name, value) -> {
            if (value != null) {
                throw new ConfigurationException(
                        PREFIX + name + " is set and " + PREFIX + missing + " is not" + advice);
            }
        });
    }

    /** True where it says which servers there are. */
    boolean isSaid() {
        return !ways(said).isEmpty();
    }

    /** The property that says so. */
    String origin() {
        return PREFIX + ways(said).get(0);
    }

    RedissonSettings settings() {
        return new RedissonSettings(topology(), said.username(), said.password(), said.database(), trustStore(said));
    }

    private Topology topology() {
        if (!said.clusterNodes().isEmpty()) {
            return new Topology.Cluster(said.clusterNodes());
        }
        if (said.sentinelNodes().isEmpty()) {
            return new Topology.Single(String.valueOf(said.address()));
        }
        return new Topology.Sentinels(
                said.sentinelMaster() == null ? "" : said.sentinelMaster(),
                said.sentinelNodes(),
                said.sentinelUsername(),
                said.sentinelPassword());
    }

    /** The trusted certificates that {@code said} names, or null. They hold for Spring's addresses, too. */
    static @Nullable TrustStore trustStore(CacheAsideProperties.Redis said) {
        if (said.trustStore() == null) {
            return null;
        }
        try {
            return new TrustStore(ResourceUtils.getURL(said.trustStore()), said.trustStorePassword());
        } catch (FileNotFoundException e) {
            throw new ConfigurationException(
                    PREFIX + "trust-store = '" + said.trustStore() + "' is not there: " + e.getMessage());
        }
    }

    /** Shows no credentials. */
    @Override
    public String toString() {
        return "OwnRedis[…]";
    }
}
