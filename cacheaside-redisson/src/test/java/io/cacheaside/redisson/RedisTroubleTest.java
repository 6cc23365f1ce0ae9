package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A Redis that forgets scripts, restarts, hangs, is full or is not there yet. */
class RedisTroubleTest extends OwnRedis {

    private static final RedissonPolicy QUICK = new RedissonPolicy(
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofSeconds(1));

    @Test
    void flushedScripts_areSentAgain() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(redis);
        redis.command("SCRIPT", "FLUSH");
        long holder = take(slots.leases(), "own:k");
        redis.command("SCRIPT", "FLUSH");
        assertThat(answer(slots.leases().renew("own:k", holder, LONG))).isTrue();
        redis.command("SCRIPT", "FLUSH");
        assertThat(answer(slots.store().fill("own:k", holder, bytes("value"), LONG)))
                .isEqualTo(FillOutcome.STORED);
        redis.command("SCRIPT", "FLUSH");
        answer(slots.store().invalidate(List.of("own:k", "own:l")));
        assertThat(stored(slots.store(), "own:k")).isNull();
    }

    @Test
    void redisThatIsDownAtFirst_isUsedWhenItComesUp() {
        EmbeddedRedis redis = closing(EmbeddedRedis.stopped());
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), QUICK);
        assertThat(fails(slots.store().get("own:k"))).isTrue();
        assertThat(fails(slots.leases().acquire("own:k", holder(), LONG, true))).isTrue();
        assertThat(fails(slots.store().invalidate(List.of("own:k")))).isTrue();
        redis.restart();
        await("reads work", () -> !fails(slots.store().get("own:k")));
        put(slots, "own:k", "value");
        assertThat(stored(slots.store(), "own:k")).isEqualTo("value");
        await("the subscription works", () -> isReliable(slots));
    }

    @Test
    void restartedRedis_isUsedAgain() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(redis);
        put(slots, "own:k", "value");
        redis.restart();
        await("reads work", () -> !fails(slots.store().get("own:k")));
        put(slots, "own:k", "new");
        assertThat(stored(slots.store(), "own:k")).isEqualTo("new");
        await("the subscription works", () -> isReliable(slots));
    }

    @Test
    void hangingRedis_failsEveryCallInTime() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), QUICK);
        await("Redis answers", () -> !fails(slots.store().get("own:k")));
        redis.freeze();
        List<CompletableFuture<?>> calls = new ArrayList<>(slots.store().getAll(List.of("own:a", "own:b"), null));
        calls.addAll(List.of(
                slots.store().get("own:a"),
                slots.store().fill("own:a", holder(), bytes("value"), LONG),
                slots.store().invalidate(List.of("own:a", "own:b")),
                slots.leases().acquire("own:a", holder(), LONG, true),
                slots.leases().renew("own:a", holder(), LONG),
                slots.leases().release("own:a", holder())));
        assertThat(calls).allSatisfy(call -> assertThat(failure(call)).isInstanceOf(TimeoutException.class));
        redis.thaw();
        await("reads work", () -> !fails(slots.store().get("own:k")));
    }

    @Test
    void readsBehindHangingTrips_failInTimeAndLanesAreFreeAfterwards() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), QUICK);
        await("Redis answers", () -> !fails(slots.store().get("own:k")));
        redis.freeze();
        List<CompletableFuture<byte[]>> reads = IntStream.range(0, 1000)
                .mapToObj(i -> slots.store().get("own:k:" + i))
                .toList();
        assertThat(reads).allSatisfy(read -> assertThat(failure(read)).isInstanceOf(TimeoutException.class));
        redis.thaw();
        await("reads work", () -> !fails(slots.store().get("own:k")));
    }

    @Test
    void leaseThatIsTakenTooLate_isReleased() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), QUICK);
        await("Redis answers", () -> !fails(slots.store().get("own:k")));
        redis.freeze();
        CompletableFuture<LeaseAttempt> late = slots.leases().acquire("own:k", holder(), LONG, true);
        assertThat(failure(late)).isInstanceOf(TimeoutException.class);
        redis.thaw();
        long holder = holder();
        await("the lease is free", () -> isTaken(slots.leases(), "own:k", holder));
    }

    private static boolean isTaken(Leases leases, String key, long holder) {
        return leases.acquire(key, holder, LONG, true)
                        .exceptionally(failure -> new LeaseAttempt.Refused("" + failure))
                        .join()
                instanceof LeaseAttempt.Taken;
    }

    @Test
    void killedSubscription_wakesEverybodyAndIsMadeAgain() throws InterruptedException {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(redis);
        await("the subscription works", () -> isReliable(slots));
        CountDownLatch woken = new CountDownLatch(1);
        try (Leases.Registration ignored = slots.leases().onWakeUp("own:k", woken::countDown)) {
            redis.command("CLIENT", "KILL", "TYPE", "pubsub");
            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }
        await("the subscription works", () -> isReliable(slots));
        assertWakeUp(slots, slots);
    }

    @Test
    void releaseInOneJvm_wakesTheWaiterInAnother() throws InterruptedException {
        EmbeddedRedis redis = redis();
        assertWakeUp(slots(redis), slots(redis));
    }

    private static void assertWakeUp(RedissonSlots holding, RedissonSlots waiting) throws InterruptedException {
        await("the subscription works", () -> isReliable(waiting));
        long holder = take(holding.leases(), "own:k");
        CountDownLatch woken = new CountDownLatch(1);
        try (Leases.Registration ignored = waiting.leases().onWakeUp("own:k", woken::countDown)) {
            assertThat(answer(waiting.leases().acquire("own:k", holder(), LONG, true)))
                    .isInstanceOf(LeaseAttempt.Busy.class);
            answer(holding.leases().release("own:k", holder));
            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void forbiddenPublish_harmsNeitherFillNorInvalidate() {
        EmbeddedRedis redis = redis();
        redis.command("ACL", "SETUSER", "cache", "on", ">pw", "~*", "&*", "+@all", "-publish");
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()).withUser("cache", "pw"), PATIENT);
        long holder = take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        assertThat(answer(slots.store().fill("own:k", holder, bytes("value"), LONG)))
                .isEqualTo(FillOutcome.STORED);
        answer(slots.store().invalidate(List.of("own:k")));
        assertThat(stored(slots.store(), "own:k")).isNull();
        assertThat(isReliable(slots)).isFalse();
    }

    @Test
    void fullRedis_failsTheFillAndStillInvalidates() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(redis);
        put(slots, "own:k", "value");
        long holder = take(slots.leases(), "own:l");
        redis.command("CONFIG", "SET", "maxmemory", "1");
        assertThat(failure(slots.store().fill("own:l", holder, bytes("value"), LONG)))
                .hasMessageContaining("maxmemory");
        answer(slots.store().invalidate(List.of("own:k")));
        assertThat(stored(slots.store(), "own:k")).isNull();
    }
}
