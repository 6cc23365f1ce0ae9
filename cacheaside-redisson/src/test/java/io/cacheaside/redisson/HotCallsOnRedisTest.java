package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

/** The record of hot calls and the mark of a warmed store, as docs/wire-format.md and the access lists describe them. */
class HotCallsOnRedisTest extends OwnRedis {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Test
    void calls_areSummedOverJvmsAndDays_andBounded() throws Exception {
        EmbeddedRedis redis = redis();
        RedissonClient client = restricted(redis);
        RedissonHotCallLog one = new RedissonHotCallLog(client, "shop");
        RedissonHotCallLog other = new RedissonHotCallLog(client, "shop");
        get(one.add("user", DAY, Map.of("a\t1", 5L, "b\t2", 4L, "c\t3", 1L), 2, Duration.ofDays(2)));
        get(other.add("user", DAY, Map.of("b\t2", 3L), 2, Duration.ofDays(2)));
        get(one.add("user", DAY.plusDays(1), Map.of("a\t1", 1L, "d\t\\N", 9L), 2, Duration.ofDays(2)));

        assertThat(get(one.hottest("user", List.of(DAY, DAY.plusDays(1), DAY.plusDays(2)), 2)))
                .containsExactly("d\t\\N", "b\t2");
        assertThat(get(one.hottest("user", List.of(DAY, DAY.plusDays(1)), 9)))
                .containsExactly("d\t\\N", "b\t2", "a\t1");
        assertThat(get(one.hottest("page", List.of(DAY), 9))).isEmpty();
        assertThat(redis.command("ZSCORE", "cacheaside:hot:{shop:user}:2026-11-20", "b\t2"))
                .isEqualTo("7");
        assertThat((Long) redis.command("TTL", "cacheaside:hot:{shop:user}:2026-11-20"))
                .isBetween(172_000L, 172_800L);
    }

    @Test
    void mark_isGoneAfterAFlush() throws Exception {
        EmbeddedRedis redis = redis();
        RedissonWarmMark mark = new RedissonWarmMark(restricted(redis), "shop");
        assertThat(get(mark.isSet())).isFalse();
        get(mark.set());
        assertThat(get(mark.isSet())).isTrue();
        assertThat((Long) redis.command("TTL", "cacheaside:warm:{shop}")).isGreaterThan(600_000L);

        redis.command("FLUSHALL");
        assertThat(get(mark.isSet())).isFalse();
    }

    /** What docs/operations.md lists for warming, beside what every connection needs. */
    private RedissonClient restricted(EmbeddedRedis redis) {
        redis.command(
                "ACL",
                "SETUSER",
                "warm",
                "reset",
                "on",
                ">pw",
                "~cacheaside:*",
                "resetchannels",
                "&cacheaside:*",
                "+zincrby",
                "+zremrangebyrank",
                "+zrevrange",
                "+set",
                "+psetex",
                "+pexpire",
                "+eval",
                "+evalsha",
                "+ping");
        return client(RedissonSettings.of(redis.address()).withUser("warm", "pw"));
    }

    private static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }
}
