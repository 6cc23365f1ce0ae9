package io.cacheaside.verification.faults;

import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.EmbeddedRedis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Three masters with a replica each. */
final class FaultCluster implements Site {

    private final EmbeddedCluster cluster = EmbeddedCluster.start(3, 1);

    @Override
    public List<String> forJvm(int number) {
        return List.of("--cluster", String.join(",", cluster.addresses()));
    }

    @Override
    public List<EmbeddedRedis> masters() {
        return cluster.nodes().stream()
                .filter(node ->
                        String.valueOf(node.command("INFO", "replication")).contains("role:master"))
                .toList();
    }

    @Override
    public void remove(String key) {
        cluster.masterOf(key).command("DEL", key, "cacheaside:lease:{" + key + "}");
    }

    /** Makes the replica of the master of {@code key} the master, which hands everything over. */
    void failOver(String key) {
        cluster.failOver(key);
    }

    /** Moves the slot of {@code key} to another master while it is used. */
    void move(String key) {
        String slot = "" + cluster.slotOf(key);
        EmbeddedRedis from = cluster.masterOf(key);
        EmbeddedRedis to = cluster.otherMaster(key);
        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", EmbeddedCluster.id(from));
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", EmbeddedCluster.id(to));
        for (List<String> keys = keys(from, slot); !keys.isEmpty(); keys = keys(from, slot)) {
            List<String> command =
                    new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + to.port(), "", "0", "5000", "KEYS"));
            command.addAll(keys);
            from.command(command.toArray(String[]::new));
        }
        String owner = EmbeddedCluster.id(to);
        to.command("CLUSTER", "SETSLOT", slot, "NODE", owner);
        masters().forEach(master -> master.command("CLUSTER", "SETSLOT", slot, "NODE", owner));
        cluster.awaitAgreement();
    }

    private static List<String> keys(EmbeddedRedis node, String slot) {
        Object keys = Objects.requireNonNull(node.command("CLUSTER", "GETKEYSINSLOT", slot, "100"));
        return ((Collection<?>) keys).stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
