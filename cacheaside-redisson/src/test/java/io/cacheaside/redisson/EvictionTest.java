package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Removal;
import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's maxmemory-policy is told where it endangers what is in use, and only there. */
class EvictionTest extends OwnRedis {

    private final ToldLog log = closing(new ToldLog());

    @Test
    void noEviction_isToldAtOnce() {
        slots(limited("noeviction"));
        await("it is told", () -> log.warnsOf("maxmemory-policy noeviction"));
        assertThat(log.warnings()).singleElement().asString().contains("set allkeys-lru");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl"})
    void eviction_isToldOnceWhenMarksAreUsed(String policy) {
        RedissonSlots slots = slots(limited(policy));
        put(slots, "own:k", "value");
        answer(slots.store().invalidate(List.of("own:k")));
        assertThat(log.warnings()).isEmpty();
        answer(slots.store().mark(List.of("own:k"), 1, LONG));
        answer(slots.store().mark(List.of("own:k"), 2, LONG));
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("maxmemory-policy " + policy, "evict the mark of a strict write");
    }

    @Test
    void eviction_isToldWhenAKeySettles() {
        RedissonSlots slots = slots(limited("allkeys-lfu"));
        answer(slots.store().remove(List.of(new Removal("own:k", Removal.NO_MARK, LONG))));
        assertThat(log.warnings()).singleElement().asString().contains("maxmemory-policy allkeys-lfu");
    }

    @Test
    void eviction_isToldOnceWhenTagsAreUsed() {
        RedissonSlots slots = slots(limited("allkeys-lru"));
        slots.store().tag(Map.of("own:red", List.of("own:k")), LONG).values().forEach(OwnRedis::answer);
        answer(slots.store().removeTagged("own:red"));
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("maxmemory-policy allkeys-lru", "evict the index of a tag", "noeviction");
    }

    @Test
    void serverWithoutLimit_endangersNothing() {
        RedissonSlots slots = slots(closing(EmbeddedRedis.start("--maxmemory-policy", "allkeys-lru")));
        answer(slots.store().mark(List.of("own:k"), 1, LONG));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void serverThatMayNotBeAsked_isNotToldOf() {
        EmbeddedRedis redis = limited("noeviction");
        redis.command("ACL", "SETUSER", "cache", "on", ">pw", "~*", "&*", "+@all", "-info");
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()).withUser("cache", "pw"), PATIENT);
        answer(slots.store().mark(List.of("own:k"), 1, LONG));
        assertThat(log.warnings()).noneMatch(warning -> warning.contains("maxmemory"));
    }

    @Test
    void eviction_isToldOfAnyMasterOfACluster() {
        EmbeddedCluster cluster = SharedCluster.cluster();
        EmbeddedRedis one = cluster.nodes().get(0);
        one.command("CONFIG", "SET", "maxmemory", "100mb");
        one.command("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
        RedissonSlots slots = slots(RedissonSettings.ofCluster(cluster.addresses()), PATIENT);
        answer(slots.store().mark(List.of("own:k"), 1, Duration.ofMillis(1)));
        one.command("CONFIG", "SET", "maxmemory", "0");
        assertThat(log.warnings()).singleElement().asString().contains("maxmemory-policy volatile-lru");
    }

    private EmbeddedRedis limited(String policy) {
        return closing(EmbeddedRedis.start("--maxmemory", "100mb", "--maxmemory-policy", policy));
    }
}
