package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.StoreWatch;
import io.cacheaside.test.EmbeddedCluster;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A replica becomes the master in its place: work goes on there, and what the old one acknowledged is in doubt. */
class FailoverTest extends OwnRedis {

    @Test
    void cluster_worksOnAndDoubtsTheRemovalsOfThatMasterOnly() throws InterruptedException {
        EmbeddedCluster cluster = SharedCluster.cluster();
        RedissonSlots slots = closing(RedissonSlots.open(
                client(RedissonSettings.ofCluster(cluster.addresses())), "own", RedissonPolicy.DEFAULTS));
        Connected.connected(slots);
        String key = "own:failover:" + UUID.randomUUID();
        String other = keyOfAnother(cluster, key);
        Doubts doubts = new Doubts(key, other);
        await("both masters are known", () -> works(slots, key) && works(slots, other));
        slots.store().watch(doubts);
        cluster.failOver(key);
        await("reads and fills work again", () -> works(slots, key));
        await("removals are in doubt", () -> doubts.ofKey.get() > 0);
        assertThat(doubts.ofOther).hasValue(0);
        assertThat(works(slots, other)).isTrue();
        await("the subscription works", () -> isReliable(slots));
    }

    @Test
    void sentinel_worksOnAndDoubtsRemovals() {
        SentinelRedis redis = SharedSentinel.redis();
        RedissonSlots slots = closing(RedissonSlots.open(client(redis.settings()), "own", RedissonPolicy.DEFAULTS));
        Connected.connected(slots);
        String key = "own:failover:" + UUID.randomUUID();
        Doubts doubts = new Doubts(key, key);
        await("it works", () -> works(slots, key));
        slots.store().watch(doubts);
        redis.failOver();
        await("removals are in doubt", () -> doubts.ofKey.get() > 0);
        await("reads and fills work again", () -> works(slots, key));
        assertThat(redis.master().command("GET", key)).isEqualTo("value");
        await("the subscription works", () -> isReliable(slots));
    }

    private static String keyOfAnother(EmbeddedCluster cluster, String key) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "own:other:" + i)
                .filter(other -> cluster.masterOf(other) != cluster.masterOf(key))
                .findFirst()
                .orElseThrow();
    }

    /** True where a value can be removed, stored and read now. */
    private static boolean works(RedissonSlots slots, String key) {
        try {
            answer(slots.store().invalidate(List.of(key)));
            put(slots, key, "value");
            return "value".equals(stored(slots.store(), key));
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }

    private static final class Doubts implements StoreWatch {
        private final AtomicInteger ofKey = new AtomicInteger();
        private final AtomicInteger ofOther = new AtomicInteger();
        private final String key;
        private final String other;

        Doubts(String key, String other) {
            this.key = key;
            this.other = other;
        }

        @Override
        public void removalsInDoubt(Predicate<String> keys) {
            ofKey.addAndGet(keys.test(key) ? 1 : 0);
            ofOther.addAndGet(keys.test(other) ? 1 : 0);
        }

        @Override
        public void answersAgain() {}
    }
}
