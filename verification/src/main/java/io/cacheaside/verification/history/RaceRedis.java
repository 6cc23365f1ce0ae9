package io.cacheaside.verification.history;

import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The Redis of a race: near and fast, or hard: far away, with some replies and some requests that are late by up to
 * 300 ms, and a replica that lags behind by up to 10 ms.
 */
final class RaceRedis implements AutoCloseable {

    private static final Duration LATE = Duration.ofMillis(300);
    private static final Duration LAG = Duration.ofMillis(10);
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final String address;
    private final Optional<String> replica;

    private RaceRedis(String address, Optional<String> replica) {
        this.address = address;
        this.replica = replica;
    }

    static RaceRedis near() {
        EmbeddedRedis redis = EmbeddedRedis.start();
        RaceRedis race = new RaceRedis(redis.address(), Optional.empty());
        race.toClose.add(redis);
        return race;
    }

    static RaceRedis hard() throws IOException {
        EmbeddedRedis master = EmbeddedRedis.start("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0");
        DelayingLink replication = new DelayingLink(master.port(), Duration.ZERO, LAG);
        EmbeddedRedis replica = EmbeddedRedis.start("--replicaof", "127.0.0.1", "" + replication.port());
        awaitSync(replica);
        DelayingLink way = new DelayingLink(master.port(), LATE, LATE);
        RaceRedis race = new RaceRedis(local(way.port()), Optional.of(replica.address()));
        race.toClose.addAll(List.of(master, replication, replica, way));
        return race;
    }

    private static String local(int port) {
        return "redis://127.0.0.1:" + port;
    }

    private static void awaitSync(EmbeddedRedis replica) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!String.valueOf(replica.command("INFO", "replication")).contains("master_link_status:up")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the replica does not find its master");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** As options for the JVMs. */
    List<String> forJvm() {
        List<String> options = new ArrayList<>(List.of("--redis", address));
        replica.ifPresent(it -> options.addAll(List.of("--replica", it)));
        return options;
    }

    @Override
    public void close() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }
}
