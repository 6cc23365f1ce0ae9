package io.cacheaside.verification.faults;

import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.SlotMove;
import java.util.List;

/** Three masters with a replica each. */
final class FaultCluster implements Site {

    private final EmbeddedCluster cluster = EmbeddedCluster.start(3, 1);

    @Override
    public List<String> forJvm(int number) {
        return List.of("--cluster", String.join(",", cluster.addresses()));
    }

    @Override
    public List<EmbeddedRedis> masters() {
        return cluster.masters();
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
        SlotMove.of(cluster, key).close();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
