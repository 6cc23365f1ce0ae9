package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.StoreWatch;
import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.SlotMove;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The removal of a whole cache from a cluster whose masters and slots change. */
class SweepOfClusterTest extends OwnRedis {

    private static final int MASTERS = 3;

    private final EmbeddedCluster cluster = SharedCluster.cluster();
    private final String prefix = "own:" + UUID.randomUUID() + ":";
    private final AtomicInteger inDoubt = new AtomicInteger();
    private final RedissonSlots slots = slots(RedissonSettings.ofCluster(cluster.addresses()), PATIENT);
    private SlotMove move;

    @BeforeEach
    void connect() {
        slots.store().watch(new StoreWatch() {
            @Override
            public void removalsInDoubt(Predicate<String> keys) {
                inDoubt.incrementAndGet();
            }

            @Override
            public void answersAgain() {}
        });
        Connected.connected(slots);
    }

    @AfterEach
    void arrive() {
        if (move != null) {
            move.close();
        }
    }

    @Test
    void firstRemoval_isNotInDoubtForMeetingItsMasters() {
        await("all masters are met", () -> inDoubt.get() >= MASTERS);
        int met = inDoubt.get();
        answer(slots.store().removeAll(prefix));
        assertThat(inDoubt).hasValue(met);
    }

    @Test
    void slotThatIsBeingMoved_leavesTheRemovalUnacknowledgedUntilItHasArrived() {
        put(slots, prefix + "1", "old");
        move = SlotMove.of(cluster, prefix + "1");
        assertThat(failure(slots.store().removeAll(prefix))).hasMessageContaining("being moved");
        move.close();
        move = null;
        await("a removal is acknowledged", () -> !fails(slots.store().removeAll(prefix)));
        assertThat(stored(slots.store(), prefix + "1")).isNull();
    }
}
