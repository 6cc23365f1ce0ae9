package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.SlotMove;
import org.junit.jupiter.api.Test;

/** What a client learns of a cluster that changes. */
class ServersTest extends OwnRedis {

    private final EmbeddedCluster cluster = SharedCluster.cluster();

    @Test
    void slotThatHasMoved_isSeenBeforeTheClientLooksAtItsMastersAgain() {
        Servers servers = new RedisCommands(client(RedissonSettings.ofCluster(cluster.addresses())), LONG).servers();
        servers.masters();
        ClusterSlots before = answer(servers.slots());
        assertThat(answer(servers.slots())).isEqualTo(before);
        SlotMove.of(cluster, "own:moved").close();
        assertThat(answer(servers.slots())).isNotEqualTo(before);
    }
}
