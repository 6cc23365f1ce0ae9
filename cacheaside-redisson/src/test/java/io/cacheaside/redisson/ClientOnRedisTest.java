package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.test.CommandTap;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole client, with the Kryo codec, on a real Redis: what it sends, and what it makes of foreign data. */
class ClientOnRedisTest extends OwnRedis {

    private static final Duration PATIENT = Duration.ofSeconds(10);

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slots = slots(redis);
    private final AtomicInteger loads = new AtomicInteger();
    private final CacheAsideClient client = closing(CacheAsideClient.builder()
            .namespace("own")
            .store(slots.store())
            .leases(slots.leases())
            .codec(KryoCodec.builder().build())
            .defaults(CacheSettings.builder()
                    .readTimeout(PATIENT)
                    .leaseTimeout(PATIENT)
                    .build())
            .build());
    private final ReadPath users = client.readPath(client.policyOf("user", CacheSettings.NONE), User.class);

    record User(long id, String name) {}

    private @Nullable Object read(String key) throws Throwable {
        return users.read(
                key,
                () -> {
                    loads.incrementAndGet();
                    return new User(1, "Ann");
                },
                null);
    }

    private void awaitStored(String key) {
        await("the fill of " + key, () -> stored(slots.store(), key) != null);
    }

    private CommandTap tap() {
        await("the subscription works", () -> isReliable(slots));
        return closing(redis.tap());
    }

    @BeforeEach
    void warmUp() throws Throwable {
        read("own:user:warm");
        awaitStored("own:user:warm");
        client.invalidate("user", List.of("own:user:warm"));
        loads.set(0);
    }

    @Test
    void miss_isThreeCommandsAndHitIsOne() throws Throwable {
        CommandTap tap = tap();
        assertThat(read("own:user:1")).isEqualTo(new User(1, "Ann"));
        await("the fill is sent", () -> redis.command("EXISTS", "own:user:1").equals(1L));
        assertThat(tap.commands().stream().filter(command -> !command.equals("EXISTS")))
                .containsExactly("GET", "EVALSHA", "EVALSHA");
        assertThat(read("own:user:1")).isEqualTo(new User(1, "Ann"));
        assertThat(tap.commands()).containsExactly("GET");
        assertThat(loads).hasValue(1);
    }

    @Test
    void invalidationOfManyKeys_isOneCommand() {
        CommandTap tap = tap();
        client.invalidate(
                "user", IntStream.range(0, 50).mapToObj(i -> "own:user:" + i).toList());
        assertThat(tap.commands()).containsExactly("EVALSHA");
    }

    @Test
    void garbageUnderTheKey_isAMissAndIsReplaced() throws Throwable {
        redis.command("SET", "own:user:1", "garbage");
        assertThat(read("own:user:1")).isEqualTo(new User(1, "Ann"));
        await("the fill", () -> !"garbage".equals(redis.command("GET", "own:user:1")));
        assertThat(read("own:user:1")).isEqualTo(new User(1, "Ann"));
        assertThat(loads).hasValue(1);
    }

    @Test
    void foreignTypeUnderTheKey_isAMissAndIsReplaced() throws Throwable {
        redis.command("HSET", "own:user:1", "field", "value");
        assertThat(read("own:user:1")).isEqualTo(new User(1, "Ann"));
        await("the fill", () -> "string".equals(redis.command("TYPE", "own:user:1")));
        assertThat(read("own:user:1")).isEqualTo(new User(1, "Ann"));
        assertThat(loads).hasValue(1);
    }

    @Test
    void valueThatTheCodecDoesNotAllow_isReturnedAndNotStored() throws Throwable {
        AtomicInteger stranger = new AtomicInteger(7);
        assertThat(users.read("own:user:1", () -> stranger, null)).isSameAs(stranger);
        assertThat(stored(slots.store(), "own:user:1")).isNull();
    }
}
