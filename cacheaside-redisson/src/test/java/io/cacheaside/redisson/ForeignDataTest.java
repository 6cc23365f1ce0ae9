package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Redis keys as others see them, and keys under which others have put something. */
class ForeignDataTest extends OwnRedis {

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slots = slots(redis);

    @Test
    void foreignType_isNoValue() {
        redis.command("HSET", "own:k", "field", "value");
        assertThat(stored(slots.store(), "own:k")).isNull();
    }

    @Test
    void foreignTypeOnACommonTrip_isNoValueAndHarmsNobody() {
        redis.command("HSET", "own:k:5", "field", "value");
        redis.command("SET", "own:k:6", "value");
        List<CompletableFuture<byte[]>> reads = IntStream.range(0, 10)
                .mapToObj(i -> slots.store().get("own:k:" + i))
                .toList();
        assertThat(answer(reads.get(5))).isNull();
        assertThat(answer(reads.get(6))).isEqualTo(bytes("value"));
    }

    @Test
    void foreignType_isReplacedByAFill() {
        redis.command("RPUSH", "own:k", "value");
        long holder = holder();
        assertThat(answer(slots.leases().acquire("own:k", holder, LONG, true))).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(answer(slots.store().fill("own:k", holder, bytes("value"), LONG)))
                .isEqualTo(FillOutcome.STORED);
        assertThat(redis.command("GET", "own:k")).isEqualTo("value");
    }

    @Test
    void foreignTypeUnderTheLease_failsAndIsRemovedByInvalidate() {
        redis.command("SET", "cacheaside:lease:{own:k}", "value");
        assertThat(fails(slots.leases().acquire("own:k", holder(), LONG, true))).isTrue();
        answer(slots.store().invalidate(List.of("own:k")));
        take(slots.leases(), "own:k");
    }

    @Test
    void value_liesUnderItsKeyAndAlwaysExpires() {
        long holder = take(slots.leases(), "own:user:42");
        answer(slots.store().fill("own:user:42", holder, bytes("value"), Duration.ofSeconds(90)));
        assertThat(redis.command("GET", "own:user:42")).isEqualTo("value");
        assertThat((Long) redis.command("PTTL", "own:user:42")).isBetween(1L, 90_000L);
    }

    @Test
    void leaseAndNote_alwaysExpire() {
        take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        assertThat((Long) redis.command("PTTL", "cacheaside:lease:{own:k}")).isBetween(1L, LONG.toMillis());
        assertThat((Long) redis.command("PTTL", "cacheaside:wait:{own:k}"))
                .isBetween(1L, LONG.plusSeconds(1).toMillis());
    }

    @Test
    void renewedLease_keepsTheNoteOfItsWaiters() {
        long holder = take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        assertThat(answer(slots.leases().renew("own:k", holder, LONG.multipliedBy(10))))
                .isTrue();
        assertThat((Long) redis.command("PTTL", "cacheaside:wait:{own:k}"))
                .isGreaterThan(LONG.multipliedBy(9).toMillis());
    }

    @Test
    void finishedLoad_leavesNothingButTheValue() {
        long holder = take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        answer(slots.store().fill("own:k", holder, bytes("value"), LONG));
        assertThat(redis.command("KEYS", "*")).isEqualTo(List.of("own:k"));
    }
}
