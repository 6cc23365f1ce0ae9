package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import io.cacheaside.test.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.redisson.api.RedissonClient;

/** Tests that do something to their Redis: each starts its own, and as many clients as it wants. */
abstract class OwnRedis {

    static final Duration LONG = Duration.ofMinutes(1);

    /** Deadlines that a busy machine keeps. */
    static final RedissonPolicy PATIENT = new RedissonPolicy(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));

    private static final long PATIENCE_SECONDS = 20;

    private final List<AutoCloseable> resources = new ArrayList<>();

    /** {@code resource}, closed after the test, the last one first. */
    final <T extends AutoCloseable> T closing(T resource) {
        resources.add(0, resource);
        return resource;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    final EmbeddedRedis redis() {
        return closing(EmbeddedRedis.start("--maxmemory", "100mb"));
    }

    final RedissonClient client(RedissonSettings settings) {
        RedissonClient client = RedissonClients.create(settings);
        closing(() -> end(client));
        return client;
    }

    /** Redisson would give ten seconds to what was under way on connections that broke. */
    static void end(RedissonClient client) {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    final RedissonSlots slots(RedissonSettings settings, RedissonPolicy policy) {
        return closing(RedissonSlots.open(client(settings), "own", policy));
    }

    /** An adapter with patience, which has answered already. */
    final RedissonSlots slots(EmbeddedRedis redis) {
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), PATIENT);
        answer(slots.store().get("own:warm-up"));
        return slots;
    }

    static <T extends @Nullable Object> T answer(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** How {@code future} fails. */
    static Throwable failure(CompletableFuture<?> future) {
        return Assertions.catchThrowable(() -> future.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .getCause();
    }

    static boolean fails(CompletableFuture<?> future) {
        try {
            answer(future);
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    static long holder() {
        return ThreadLocalRandom.current().nextLong();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static @Nullable String stored(CacheStore store, String key) {
        byte[] frame = answer(store.get(key));
        return frame == null ? null : new String(frame, StandardCharsets.UTF_8);
    }

    static long take(Leases leases, String key) {
        long holder = holder();
        assertThat(answer(leases.acquire(key, holder, LONG, false))).isInstanceOf(LeaseAttempt.Taken.class);
        return holder;
    }

    static void put(RedissonSlots slots, String key, String value) {
        long holder = take(slots.leases(), key);
        assertThat(answer(slots.store().fill(key, holder, bytes(value), LONG))).isEqualTo(FillOutcome.STORED);
    }

    static boolean isReliable(RedissonSlots slots) {
        return slots.leases().longestWait().compareTo(Duration.ofMillis(100)) > 0;
    }
}
