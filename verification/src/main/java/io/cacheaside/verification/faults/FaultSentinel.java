package io.cacheaside.verification.faults;

import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import redis.embedded.RedisSentinel;

/** A master, its replica, and a sentinel that watches them. */
final class FaultSentinel implements Site {

    private static final String MASTER = "cache";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisSentinel sentinel;
    private final int port = freePort();
    private EmbeddedRedis master = server();
    private EmbeddedRedis replica = server();

    FaultSentinel() throws IOException {
        follow();
        sentinel = RedisSentinel.newRedisSentinel()
                .bind("127.0.0.1")
                .port(port)
                .masterName(MASTER)
                .masterPort(master.port())
                .quorumSize(1)
                .downAfterMilliseconds(500L)
                .failOverTimeout(3_000L)
                .parallelSyncs(1)
                .onShutdownForceStop(true)
                .build();
        sentinel.start();
    }

    private static EmbeddedRedis server() {
        return EmbeddedRedis.start("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> forJvm(int number) {
        return List.of("--sentinel", "redis://127.0.0.1:" + port, "--master", MASTER);
    }

    @Override
    public List<EmbeddedRedis> masters() {
        return List.of(master);
    }

    /** From now on the replica learns nothing. */
    void cutReplication() {
        replica.command("REPLICAOF", "127.0.0.1", "1");
    }

    /** Kills the master, runs {@code whenGone}; returns when the sentinel has put the replica in its place. */
    void failOver(Runnable whenGone) {
        master.stop();
        whenGone.run();
        await(
                "the sentinel makes the replica the master",
                () -> replication(replica).contains("role:master"));
        EmbeddedRedis old = master;
        master = replica;
        replica = old;
    }

    /** Where the old master is still dead it comes back as a replica. */
    @Override
    public void mend() {
        replica.restart();
        follow();
    }

    private void follow() {
        replica.command("REPLICAOF", "127.0.0.1", "" + master.port());
        await("the replica follows", () -> replication(replica).contains("master_link_status:up"));
    }

    private static String replication(EmbeddedRedis server) {
        try {
            return String.valueOf(server.command("INFO", "replication"));
        } catch (UncheckedIOException promoted) {
            return ""; // the sentinel ends all connections then
        }
    }

    private static void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("in vain waited for: " + what);
            }
            FaultRace.rest(Duration.ofMillis(20));
        }
    }

    @Override
    public void close() throws IOException {
        sentinel.stop();
        master.close();
        replica.close();
    }
}
