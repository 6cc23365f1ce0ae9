package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.test.CommandTap;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

    private static Map<Long, User> users(List<Long> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> new User(id, "Ann")));
    }

    @Test
    void manyKeysOfAHandle_areOneMgetAndWhatIsMissingTwoScripts() {
        Cache<Long, User> handle = client.cache("user", Long.class, User.class);
        List<Long> ids = LongStream.range(0, 100).boxed().toList();
        handle.getAllOrLoad(ids.subList(0, 90), ClientOnRedisTest::users);
        awaitStored("own:user:89");
        CommandTap tap = tap();
        assertThat(handle.getAllOrLoad(ids, ClientOnRedisTest::users).keySet()).containsExactlyElementsOf(ids);
        await("the fill is sent", () -> redis.command("EXISTS", "own:user:99").equals(1L));
        assertThat(tap.commands().stream().filter(command -> !command.equals("EXISTS")))
                .containsExactly("MGET", "EVALSHA", "EVALSHA");
        assertThat(handle.getAllOrLoad(ids, ClientOnRedisTest::users)).hasSize(100);
        assertThat(tap.commands()).containsExactly("MGET");
    }

    @Test
    void peekAndExplain_onlyLook() {
        Cache<Long, User> sessions = client.cache(
                "session",
                Long.class,
                User.class,
                CacheSettings.builder().expiry(Expiry.AFTER_ACCESS).build());
        sessions.getOrLoad(1L, id -> new User(id, "Ann"));
        awaitStored("own:session:1");
        redis.command("PEXPIRE", "own:session:1", "100000");
        CommandTap tap = tap();
        assertThat(sessions.peek(1L).toOptional()).contains(new User(1, "Ann"));
        assertThat(tap.commands()).containsExactly("GET");
        assertThat(sessions.explain(1L).left()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(100));
        assertThat(tap.commands()).containsExactlyInAnyOrder("GET", "PTTL", "PTTL", "PTTL");
        assertThat((Long) redis.command("PTTL", "own:session:1")).isBetween(1L, 100_000L);
        sessions.getOrLoad(1L, id -> new User(id, "not asked"));
        assertThat((Long) redis.command("PTTL", "own:session:1")).isGreaterThan(100_000L);
    }

    @Test
    void explanation_ofAPayloadThatTheCodecCannotRead() {
        Cache<Long, User> handle = client.cache("user", Long.class, User.class);
        redis.command("SET", "own:user:1", "garbage");
        assertThat(handle.explain(1L).reasons()).contains("what is stored cannot be read: length");
        assertThat(handle.explain(1L).left()).isEqualTo(ChronoUnit.FOREVER.getDuration());
        assertThat(handle.explain(1L).toString()).contains(", left for ever, ");
        assertThat(loads).hasValue(0);
    }
}
