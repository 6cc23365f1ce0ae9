package io.cacheaside.test;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The move of a key's slot to another master, which has begun and ends with the close. The slot may be used meanwhile. */
public final class SlotMove implements AutoCloseable {

    private final EmbeddedCluster cluster;
    private final EmbeddedRedis from;
    private final EmbeddedRedis to;
    private final String slot;

    private SlotMove(EmbeddedCluster cluster, String key) {
        this.cluster = cluster;
        this.from = cluster.masterOf(key);
        this.to = cluster.otherMaster(key);
        this.slot = "" + cluster.slotOf(key);
    }

    /** Begins to move the slot of {@code key}; all its keys are still where they were. */
    public static SlotMove of(EmbeddedCluster cluster, String key) {
        SlotMove move = new SlotMove(cluster, key);
        move.to.command("CLUSTER", "SETSLOT", move.slot, "IMPORTING", EmbeddedCluster.id(move.from));
        move.from.command("CLUSTER", "SETSLOT", move.slot, "MIGRATING", EmbeddedCluster.id(move.to));
        return move;
    }

    /** The master that gives the slot away. */
    public EmbeddedRedis from() {
        return from;
    }

    /** Moves keys of the slot. */
    public void migrate(List<String> keys) {
        from.command(
                Stream.concat(Stream.of("MIGRATE", "127.0.0.1", "" + to.port(), "", "0", "5000", "KEYS"), keys.stream())
                        .toArray(String[]::new));
    }

    /** Moves what the slot still has; returns when all nodes know where it is. */
    @Override
    public void close() {
        for (List<String> keys = keys(); !keys.isEmpty(); keys = keys()) {
            migrate(keys);
        }
        String owner = EmbeddedCluster.id(to);
        to.command("CLUSTER", "SETSLOT", slot, "NODE", owner);
        cluster.masters().forEach(master -> master.command("CLUSTER", "SETSLOT", slot, "NODE", owner));
        cluster.awaitAgreement();
    }

    private List<String> keys() {
        return ((List<?>) Objects.requireNonNull(from.command("CLUSTER", "GETKEYSINSLOT", slot, "100")))
                .stream().map(String::valueOf).toList();
    }
}
