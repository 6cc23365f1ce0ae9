package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;

import io.cacheaside.test.EmbeddedRedis;
import java.io.UncheckedIOException;
import java.util.List;

/** A master, two replicas and a sentinel that watches them. */
final class SentinelRedis implements AutoCloseable {

    private static final String NAME = "main";

    private final List<EmbeddedRedis> servers = List.of(EmbeddedRedis.start("--maxmemory", "0"), replica(), replica());
    private final EmbeddedRedis sentinel = EmbeddedRedis.startSentinel();

    SentinelRedis() {
        String port = "" + servers.get(0).port();
        servers.subList(1, servers.size()).forEach(replica -> replica.command("REPLICAOF", "127.0.0.1", port));
        await("the replicas follow", () -> info(servers.get(0)).contains("connected_slaves:2"));
        sentinel.command("SENTINEL", "MONITOR", NAME, "127.0.0.1", port, "1");
        sentinel.command("SENTINEL", "SET", NAME, "down-after-milliseconds", "2000");
        awaitReplicas();
    }

    private static EmbeddedRedis replica() {
        return EmbeddedRedis.start("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0");
    }

    private void awaitReplicas() {
        await("the sentinel knows the replicas", () -> {
            String known = String.valueOf(sentinel.command("SENTINEL", "REPLICAS", NAME));
            return known.split("runid", -1).length > 2 && !known.contains("s_down");
        });
    }

    /** Empty where the server ends the connection, as it does with all of them when it gets another role. */
    private static String info(EmbeddedRedis redis) {
        try {
            return String.valueOf(redis.command("INFO", "replication"));
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    RedissonSettings settings() {
        return RedissonSettings.ofSentinels(NAME, List.of(sentinel.address()));
    }

    /** Who is the master as the sentinel sees it. */
    EmbeddedRedis master() {
        List<?> address = (List<?>) sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
        return servers.stream()
                .filter(server -> String.valueOf(server.port()).equals(address.get(1)))
                .findFirst()
                .orElseThrow();
    }

    /** Makes a replica the master; returns when the sentinel says so and the old one follows it. */
    void failOver() {
        EmbeddedRedis old = master();
        awaitReplicas();
        sentinel.command("SENTINEL", "FAILOVER", NAME);
        await("there is another master", () -> master() != old && info(master()).contains("role:master"));
        // as the sentinel would have it do ten seconds later
        old.command("REPLICAOF", "127.0.0.1", "" + master().port());
        await("the old master follows", () -> info(old).contains("role:slave"));
    }

    @Override
    public void close() {
        sentinel.close();
        servers.forEach(EmbeddedRedis::close);
    }
}
