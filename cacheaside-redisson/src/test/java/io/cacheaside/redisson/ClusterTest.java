package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.test.EmbeddedRedis;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Keys of many slots in a cluster: no command or script names two of them, and each slot's keys stay together. */
class ClusterTest extends OwnRedis {

    private static final int SLOTS = 16384;

    private final EmbeddedRedis node = cluster();

    @Test
    void manyKeys_areFilledReadAndInvalidated() {
        Config config = new Config();
        config.useClusterServers().addNodeAddress(node.address());
        useManyKeys(config);
    }

    @Test
    void clientThatKnowsOneNodeOnly_worksToo() {
        Config config = new Config();
        config.useSingleServer().setAddress(node.address());
        useManyKeys(config);
    }

    @Test
    void wholeCache_isRemovedFromAllSlots() {
        Config config = new Config();
        config.useClusterServers().addNodeAddress(node.address());
        RedissonSlots slots = slots(config);
        List<String> keys =
                IntStream.range(0, 40).mapToObj(i -> "own:user:" + i).toList();
        keys.forEach(key -> put(slots, key, "value"));
        put(slots, "own:other", "kept");
        answer(slots.store().removeAll("own:user:"));
        assertThat(keys)
                .allSatisfy(key -> assertThat(stored(slots.store(), key)).isNull());
        assertThat(stored(slots.store(), "own:other")).isEqualTo("kept");
    }

    @Test
    void wholeCacheOfAClientThatKnowsOneNodeOnly_isNotTakenForRemoved() {
        Config config = new Config();
        config.useSingleServer().setAddress(node.address());
        assertThat(failure(slots(config).store().removeAll("own:user:"))).hasMessageContaining("useClusterServers");
    }

    private RedissonSlots slots(Config config) {
        RedissonClient client = Redisson.create(config);
        closing(client::shutdown);
        return closing(RedissonSlots.open(client, "own", PATIENT));
    }

    private void useManyKeys(Config config) {
        RedissonSlots slots = slots(config);
        List<String> keys = IntStream.range(0, 40).mapToObj(i -> "own:k:" + i).toList();
        keys.forEach(key -> put(slots, key, "value of " + key));
        List<CompletableFuture<byte[]>> reads =
                keys.stream().map(key -> slots.store().get(key)).toList();
        assertThat(reads.stream().map(OwnRedis::answer).map(String::new))
                .containsExactlyElementsOf(
                        keys.stream().map(key -> "value of " + key).toList());
        answer(slots.store().invalidate(keys));
        assertThat(keys)
                .allSatisfy(key -> assertThat(stored(slots.store(), key)).isNull());
    }

    private EmbeddedRedis cluster() {
        EmbeddedRedis redis =
                closing(EmbeddedRedis.start("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"));
        redis.command(Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"),
                        IntStream.range(0, SLOTS).mapToObj(Integer::toString))
                .toArray(String[]::new));
        await(
                "the cluster is complete",
                () -> String.valueOf(redis.command("CLUSTER", "INFO")).contains("cluster_state:ok"));
        return redis;
    }
}
