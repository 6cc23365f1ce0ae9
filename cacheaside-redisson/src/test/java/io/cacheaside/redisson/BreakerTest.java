package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation;
import io.cacheaside.entry.Explanation.State;
import io.cacheaside.error.StoreUnavailableException;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.CommandTap;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;

/** A Redis that stops answering is left alone until it answers a probe, but for removals. */
class BreakerTest extends OwnRedis {

    private static final Duration READ = Duration.ofMillis(100);
    private static final RedissonPolicy POLICY = PATIENT.withRead(READ);

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slots = Connected.connected(slots(RedissonSettings.of(redis.address()), POLICY));

    private boolean isRefused(CompletableFuture<?> call) {
        Throwable failure = call.handle((value, thrown) -> thrown).getNow(null);
        return failure instanceof StoreUnavailableException
                && failure.getMessage().endsWith("does not answer in time and is not asked");
    }

    private void freezeUntilOpen() {
        redis.freeze();
        await("the breaker opens", () -> {
            CompletableFuture<byte[]> read = slots.store().get("own:k");
            fails(read);
            return isRefused(slots.store().get("own:k"));
        });
    }

    @Test
    void whileRedisDoesNotAnswer_nothingButRemovalsIsSent() {
        freezeUntilOpen();
        assertThat(List.of(
                        slots.store().get("own:k"),
                        slots.leases().acquire("own:k", holder(), LONG, true),
                        slots.leases().renew("own:k", holder(), LONG),
                        slots.leases().release("own:k", holder()),
                        slots.store().fill("own:k", holder(), bytes("value"), LONG)))
                .allMatch(this::isRefused);
        CompletableFuture<Void> removal = slots.store().invalidate(List.of("own:k"));
        assertThat(failure(removal)).isInstanceOf(TimeoutException.class).hasMessageContaining("50 ms");
        redis.thaw();
    }

    @Test
    void explanationWhileOpen_isABypass_andNothingIsThere() {
        CacheAsideClient client = closing(slots.clientBuilder().build());
        Cache<Long, String> users = client.cache("user", Long.class, String.class);
        users.getOrLoad(1L, id -> "Ann");
        await("the fill", () -> users.peek(1L).equals(Cached.of("Ann")));
        freezeUntilOpen();
        Explanation open = users.explain(1L);
        assertThat(open.state()).isEqualTo(State.BYPASS);
        assertThat(open.reasons())
                .singleElement()
                .asString()
                .startsWith("the store is known to give no answer and is not asked: ");
        assertThat(open.left()).isNull();
        assertThat(open.lease()).isNull();
        assertThat(users.peek(1L)).isEqualTo(Cached.nothing());
        redis.thaw();
        await("the breaker closes", () -> users.explain(1L).state() == State.HIT);
    }

    @Test
    void openingBreaker_endsTheWaitOfWriters() {
        put(slots, "own:k", "value");
        redis.freeze();
        CompletableFuture<Void> removal = slots.store().invalidate(List.of("own:l"));
        await("the breaker opens", () -> {
            fails(slots.store().get("own:k"));
            return isRefused(slots.store().get("own:k"));
        });
        assertThat(failure(removal)).isInstanceOf(TimeoutException.class).hasMessageContaining("50 ms");
        redis.thaw();
    }

    @Test
    void writerWhomNobodyElseHelps_findsOutThatRedisIsSilent() {
        IntStream.range(0, 500).forEach(i -> answer(slots.store().invalidate(List.of("own:k"))));
        redis.freeze();
        CompletableFuture<Void> removal = slots.store().invalidate(List.of("own:k"));
        assertThat(failure(removal)).isInstanceOf(TimeoutException.class).hasMessageContaining("50 ms");
        assertThat(isRefused(slots.store().get("own:k"))).isTrue();
        redis.thaw();
        await("the breaker closes", () -> !fails(slots.store().get("own:k")));
    }

    @Test
    void openingBreaker_endsTheWaitForLeases() {
        put(slots, "own:k", "value");
        redis.freeze();
        CompletableFuture<LeaseAttempt> lease = slots.leases().acquire("own:l", holder(), LONG, true);
        await("the breaker opens", () -> {
            fails(slots.store().get("own:k"));
            return lease.isDone();
        });
        assertThat(isRefused(lease)).isTrue();
        redis.thaw();
    }

    @Test
    void removalsWhileOpen_areExecutedWhenRedisIsBack() {
        put(slots, "own:k", "old");
        freezeUntilOpen();
        assertThat(fails(slots.store().invalidate(List.of("own:k")))).isTrue();
        redis.thaw();
        await("the breaker closes", () -> !fails(slots.store().get("own:k")));
        assertThat(stored(slots.store(), "own:k")).isNull();
        put(slots, "own:k", "new");
        assertThat(stored(slots.store(), "own:k")).isEqualTo("new");
    }

    @Test
    void killedRedis_isAskedAgainWhenItIsBack() {
        redis.stop();
        await("the breaker opens", () -> {
            fails(slots.store().get("own:k"));
            return isRefused(slots.store().get("own:k"));
        });
        redis.restart();
        await("the breaker closes", () -> !fails(slots.store().get("own:k")));
        put(slots, "own:k", "new");
    }

    @Test
    void errorReplies_areAnswers() {
        redis.command("CONFIG", "SET", "maxmemory", "1");
        IntStream.range(0, 50)
                .forEach(i -> assertThat(failure(slots.leases().acquire("own:" + i, holder(), LONG, true)))
                        .hasMessageContaining("maxmemory"));
        try (CommandTap tap = redis.tap()) {
            assertThat(stored(slots.store(), "own:k")).isNull();
            assertThat(tap.commands()).containsExactly("GET");
        }
    }

    @Test
    void readsThatAreAnsweredInBetween_keepTheBreakerClosed() {
        Deadlines deadlines = closing(new Deadlines());
        Breaker breaker = new Breaker(deadlines, Duration.ofHours(1), "here", CompletableFuture::new, open -> {});
        for (int i = 0; i < 100; i++) {
            breaker.ended(System.nanoTime(), READ, new RedisTimeoutException("lost"));
        }
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void tripsThatEndFarTooLate_sayNothingOfRedis() {
        Deadlines deadlines = closing(new Deadlines());
        Breaker breaker = new Breaker(deadlines, Duration.ofNanos(100), "here", CompletableFuture::new, open -> {});
        for (int i = 0; i < 100; i++) {
            breaker.ended(System.nanoTime() - 3 * READ.toNanos(), READ, new TimeoutException("this process slept"));
        }
        assertThat(breaker.isClosed()).isTrue();
        for (int i = 0; i < 100; i++) {
            breaker.ended(System.nanoTime() - READ.toNanos(), READ, new TimeoutException("late"));
        }
        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void slowAnswers_openTheBreaker_andErrorsCountAsAnswers() {
        Deadlines deadlines = closing(new Deadlines());
        Breaker breaker = new Breaker(deadlines, READ, "here", CompletableFuture::new, open -> {});
        for (int i = 0; i < 20; i++) {
            breaker.ended(System.nanoTime(), READ, new RedisException("OOM command not allowed"));
        }
        assertThat(breaker.isClosed()).isTrue();
        for (int i = 0; i < 600; i++) {
            breaker.ended(System.nanoTime() - READ.toNanos(), READ, null);
        }
        assertThat(breaker.isClosed()).isFalse();
    }
}
