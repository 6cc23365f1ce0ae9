package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.SlotsUnderTest;
import io.cacheaside.test.TagsContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisOutOfMemoryException;

class RedissonTagsTest extends TagsContract {

    private static final String INDEX = "cacheaside:tag:{own:red}";

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }

    /** What an index looks like in Redis, and what becomes of it. */
    @Nested
    class Indexes extends OwnRedis {

        private final EmbeddedRedis redis = redis();
        private final RedissonSlots slots = slots(redis);

        private void tag(Duration life, String... keys) {
            slots.store().tag(Map.of("own:red", List.of(keys)), life).values().forEach(OwnRedis::answer);
        }

        private long number(String... command) {
            return Long.parseLong(String.valueOf(redis.command(command)));
        }

        private double end(String key) {
            return Double.parseDouble(String.valueOf(redis.command("ZSCORE", INDEX, key)));
        }

        @Test
        void registration_endsByTheServersClock() {
            long before = System.currentTimeMillis();
            tag(OwnRedis.LONG, "own:user:1");
            long after = System.currentTimeMillis();
            assertThat(end("own:user:1"))
                    .isBetween((double) before + OwnRedis.LONG.toMillis(), (double) after + OwnRedis.LONG.toMillis());
            assertThat(number("PTTL", INDEX)).isBetween(1L, OwnRedis.LONG.toMillis());
        }

        @Test
        void shorterRegistration_shortensNothing() {
            tag(OwnRedis.LONG, "own:user:1");
            double end = end("own:user:1");
            tag(Duration.ofMillis(10), "own:user:1");
            assertThat(end("own:user:1")).isEqualTo(end);
            assertThat(number("PTTL", INDEX)).isGreaterThan(10);
        }

        @Test
        void whatIsOver_leavesInBoundedSteps() {
            for (int i = 0; i < 250; i++) {
                redis.command("ZADD", INDEX, "1", "own:over:" + i);
            }
            tag(OwnRedis.LONG, "own:user:1");
            long first = number("ZCARD", INDEX);
            assertThat(first).isBetween(1L + 140, 1L + 160);
            tag(OwnRedis.LONG, "own:user:1");
            tag(OwnRedis.LONG, "own:user:1");
            assertThat(number("ZCARD", INDEX)).isEqualTo(1);
        }

        @Test
        void removal_takesNoKeyOutOfTheIndex() {
            tag(OwnRedis.LONG, "own:user:1", "own:user:2");
            OwnRedis.answer(slots.store().removeTagged("own:red"));
            assertThat(number("ZCARD", INDEX)).isEqualTo(2);
        }

        @Test
        void garbageInItsPlace_isReplaced() {
            redis.command("SET", INDEX, "garbage");
            tag(OwnRedis.LONG, "own:user:1");
            assertThat(number("ZCARD", INDEX)).isEqualTo(1);
        }

        @Test
        void severalTags_areRegisteredByOneCommand() {
            tag(OwnRedis.LONG, "own:user:1");
            redis.command("CONFIG", "RESETSTAT");
            Map<String, CompletableFuture<Void>> answers = slots.store()
                    .tag(Map.of("own:red", List.of("own:user:1"), "own:blue", List.of("own:user:1")), OwnRedis.LONG);
            answers.values().forEach(OwnRedis::answer);
            assertThat(String.valueOf(redis.command("INFO", "commandstats")))
                    .contains("cmdstat_evalsha:calls=1,")
                    .contains("cmdstat_zadd:calls=2,");
        }

        @Test
        void userWhoMayDoWhatTagsNeed_lacksNothing() {
            redis.command(BadInputTest.NEEDED);
            redis.command("ACL", "SETUSER", "cache", "+zadd", "+zrem", "+zrangebyscore", "+zscan");
            redis.command("ZADD", INDEX, "1", "own:over");
            RedissonSlots limited = slots(RedissonSettings.of(redis.address()).withUser("cache", "pw"), PATIENT);
            limited.store()
                    .tag(Map.of("own:red", List.of("own:user:1")), OwnRedis.LONG)
                    .values()
                    .forEach(OwnRedis::answer);
            put(limited, "own:user:1", "value");
            OwnRedis.answer(limited.store().removeTagged("own:red"));
            assertThat(stored(limited.store(), "own:user:1")).isNull();
        }

        @Test
        void serverThatIsFull_registersNothing() {
            tag(OwnRedis.LONG, "own:user:1");
            redis.command("CONFIG", "SET", "maxmemory", "1");
            CompletableFuture<Void> answer = slots.store()
                    .tag(Map.of("own:red", List.of("own:user:2")), OwnRedis.LONG)
                    .get("own:red");
            assertThat(failure(answer)).isInstanceOf(RedisOutOfMemoryException.class);
        }
    }
}
