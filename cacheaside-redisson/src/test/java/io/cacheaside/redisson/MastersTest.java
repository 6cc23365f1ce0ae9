package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.SlotMove;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

/** What the removal of a tag or of a whole cache compares before and after its passes. */
class MastersTest extends OwnRedis {

    private final EmbeddedCluster cluster = SharedCluster.cluster();
    private final RedissonClient client = client(RedissonSettings.ofCluster(cluster.addresses()));
    private final RedisCommands commands = new RedisCommands(client, LONG);
    private final String address = commands.servers().address();
    private final LayoutCheck check = new LayoutCheck(client, commands, "own", new Eviction(address));
    private final RedisLink link = new RedisLink(check, address, client::isShuttingDown, () -> {});
    private final Masters masters =
            new Masters(commands, link, commands.connections(), closing(new Deadlines()), PATIENT, () -> {});

    @Test
    void layout_isAnotherOnceASlotHasMoved_beforeTheClientLooksAtItsMastersAgain() {
        Object before = answer(masters.layout());
        assertThat(answer(masters.layout())).isEqualTo(before);
        SlotMove.of(cluster, "own:moved").close();
        assertThat(answer(masters.layout())).isNotEqualTo(before);
    }
}
