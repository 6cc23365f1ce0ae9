package io.cacheaside.redisson;

import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.EmbeddedRedis;
import java.util.List;

/** The move of a key's slot to another master, which has begun and ends with the close. */
record SlotMove(EmbeddedCluster cluster, EmbeddedRedis from, EmbeddedRedis to, String slot) implements AutoCloseable {

    static SlotMove of(EmbeddedCluster cluster, String key) {
        SlotMove move =
                new SlotMove(cluster, cluster.masterOf(key), cluster.otherMaster(key), "" + cluster.slotOf(key));
        move.to.command("CLUSTER", "SETSLOT", move.slot, "IMPORTING", EmbeddedCluster.id(move.from));
        move.from.command("CLUSTER", "SETSLOT", move.slot, "MIGRATING", EmbeddedCluster.id(move.to));
        return move;
    }

    /** Moves one key. */
    void migrate(String name) {
        from.command("MIGRATE", "127.0.0.1", "" + to.port(), name, "0", "5000");
    }

    @Override
    public void close() {
        for (Object name : (List<?>) from.command("CLUSTER", "GETKEYSINSLOT", slot, "100")) {
            migrate((String) name);
        }
        for (EmbeddedRedis node : List.of(to, from)) {
            node.command("CLUSTER", "SETSLOT", slot, "NODE", EmbeddedCluster.id(to));
        }
        cluster.awaitAgreement();
    }
}
