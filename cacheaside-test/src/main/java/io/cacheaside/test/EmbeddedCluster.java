package io.cacheaside.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Redis cluster of the test's own on free loopback ports, each node an {@link EmbeddedRedis}. Returned when every node
 * knows every other and the replicas follow their masters.
 */
public final class EmbeddedCluster implements AutoCloseable {

    private static final int SLOTS = 16384;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<EmbeddedRedis> nodes = new ArrayList<>();

    private EmbeddedCluster() {}

    /** A cluster of {@code masters}, each with so many replicas. */
    public static EmbeddedCluster start(int masters, int replicasEach) {
        EmbeddedCluster cluster = new EmbeddedCluster();
        try {
            cluster.form(masters, replicasEach);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void form(int masters, int replicasEach) {
        int count = masters * (1 + replicasEach);
        for (int i = 0; i < count; i++) {
            nodes.add(startNode());
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
        }
        for (int i = 0; i < masters; i++) {
            addSlots(nodes.get(i), SLOTS * i / masters, SLOTS * (i + 1) / masters);
        }
        nodes.forEach(node -> nodes.get(0).command("CLUSTER", "MEET", "127.0.0.1", "" + node.port()));
        await("the nodes know each other", () -> nodes.stream().allMatch(node -> knows(node, count)));
        for (int i = masters; i < count; i++) {
            nodes.get(i).command("CLUSTER", "REPLICATE", id(nodes.get(i % masters)));
        }
        await("the cluster is complete", () -> nodes.stream().allMatch(EmbeddedCluster::isReady));
        await("the masters know their replicas", () -> nodes.stream().allMatch(node -> masters(node) == masters));
    }

    private static EmbeddedRedis startNode() {
        return EmbeddedRedis.start(
                "--cluster-enabled",
                "yes",
                "--cluster-announce-ip",
                "127.0.0.1",
                "--cluster-node-timeout",
                "5000",
                "--repl-diskless-sync",
                "yes",
                "--repl-diskless-sync-delay",
                "0");
    }

    private static void addSlots(EmbeddedRedis node, int from, int to) {
        node.command(Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"),
                        IntStream.range(from, to).mapToObj(Integer::toString))
                .toArray(String[]::new));
    }

    private static boolean knows(EmbeddedRedis node, int count) {
        String known = text(node, "CLUSTER", "NODES");
        return known.lines().filter(line -> !line.contains("handshake")).count() == count;
    }

    private static long masters(EmbeddedRedis node) {
        return text(node, "CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("master"))
                .count();
    }

    private static boolean isReady(EmbeddedRedis node) {
        String replication = text(node, "INFO", "replication");
        return text(node, "CLUSTER", "INFO").contains("cluster_state:ok")
                && (replication.contains("role:master") || replication.contains("master_link_status:up"));
    }

    /** All nodes, the masters of the beginning first. */
    public List<EmbeddedRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** The addresses of all nodes. */
    public List<String> addresses() {
        return nodes.stream().map(EmbeddedRedis::address).toList();
    }

    /** The nodes that are masters now. */
    public List<EmbeddedRedis> masters() {
        return nodes.stream().filter(EmbeddedCluster::isMaster).toList();
    }

    /** The slot of {@code key}. */
    public int slotOf(String key) {
        return Integer.parseInt(text(nodes.get(0), "CLUSTER", "KEYSLOT", key));
    }

    /** The node that is the master of {@code key} now. */
    public EmbeddedRedis masterOf(String key) {
        int slot = slotOf(key);
        return masters().stream()
                .filter(node -> serves(node, slot))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody serves slot " + slot));
    }

    /** A master that is not the one of {@code key}. */
    EmbeddedRedis otherMaster(String key) {
        EmbeddedRedis master = masterOf(key);
        return masters().stream()
                .filter(node -> node != master)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is one master only"));
    }

    /** Makes a replica of the master of {@code key} its master, in order; returns when all nodes know. */
    public EmbeddedRedis failOver(String key) {
        EmbeddedRedis old = masterOf(key);
        int slot = slotOf(key);
        EmbeddedRedis replica = nodes.stream()
                .filter(node -> !isMaster(node) && masterIdOf(node).equals(id(old)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(old.address() + " has no replica"));
        replica.command("CLUSTER", "FAILOVER");
        String newMaster = id(replica);
        await(
                "all nodes know the new master",
                () -> nodes.stream().allMatch(node -> ownerOf(node, slot).equals(newMaster)));
        awaitAgreement();
        return replica;
    }

    /**
     * Returns when all nodes tell the same of all masters. Who changes the masters of slots before, makes masters take the same
     * epoch, and then a slot may end at neither of them.
     */
    void awaitAgreement() {
        await(
                "all nodes agree",
                () -> nodes.stream().map(EmbeddedCluster::served).distinct().count() == 1);
    }

    /** What {@code node} knows of each master: its id, its epoch and its slots. */
    private static Set<String> served(EmbeddedRedis node) {
        return text(node, "CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("master"))
                .map(line -> line.split(" ", -1))
                .map(fields -> fields[0] + " "
                        + Arrays.stream(fields)
                                .skip(6)
                                .filter(field -> !field.endsWith("connected"))
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.toSet());
    }

    /** The id of {@code node} in the cluster. */
    static String id(EmbeddedRedis node) {
        return text(node, "CLUSTER", "MYID");
    }

    private static boolean isMaster(EmbeddedRedis node) {
        return myself(node).contains("master");
    }

    private static boolean serves(EmbeddedRedis node, int slot) {
        return ownerOf(node, slot).equals(id(node));
    }

    private static String masterIdOf(EmbeddedRedis replica) {
        return myself(replica).split(" ", -1)[3];
    }

    private static String myself(EmbeddedRedis node) {
        return text(node, "CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(node.address() + " does not know itself"));
    }

    /** The id of the node that {@code node} takes for the owner of {@code slot}. */
    private static String ownerOf(EmbeddedRedis node, int slot) {
        return text(node, "CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("master")
                        && Arrays.stream(line.split(" ", -1)).skip(8).anyMatch(range -> contains(range, slot)))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse("");
    }

    private static boolean contains(String range, int slot) {
        if (range.startsWith("[")) {
            return false; // a slot that moves
        }
        String[] ends = range.split("-", -1);
        return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
    }

    private static String text(EmbeddedRedis node, String... command) {
        return String.valueOf(node.command(command));
    }

    private static void await(String what, BooleanSupplier holds) {
        long begin = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException("in vain waited for: " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Kills all nodes. Harmless when repeated. */
    @Override
    public void close() {
        nodes.forEach(EmbeddedRedis::close);
    }
}
