package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens between two pages of a removal of all keys, each time forced by holding the page's request. */
class SweepTest extends OwnRedis {

    private static final String PREFIX = "own:user:";
    private static final String LEASES = SlotKeys.leases(PREFIX);
    private static final String VALUES = PREFIX + "*";
    private static final String KEY = PREFIX + "1";
    /** What a connection takes along when it ends is given up after a moment. */
    private static final RedissonPolicy SHORT =
            new RedissonPolicy(LONG, LONG, LONG, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots others = slots(redis);
    private final ConcurrentLinkedQueue<String> passes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger run = new AtomicInteger();

    /** A store that does {@code atBegin} of each pass over {@code pattern} before its first page is asked for. */
    private CacheStore store(String pattern, Supplier<@Nullable String> atBegin) throws IOException {
        ScriptedRedis way = closing(new ScriptedRedis(redis.port(), request -> {
            if (request.equals(List.of("INFO", "server")) && run.get() > 0) {
                String info = "run_id:another" + run.get() + "\r\nuptime_in_seconds:1\r\n";
                return "$" + info.length() + "\r\n" + info + "\r\n";
            }
            if (!request.get(0).equals("SCAN") || !request.get(1).equals("0")) {
                return null;
            }
            passes.add(request.get(3));
            return request.get(3).equals(pattern) ? atBegin.get() : null;
        }));
        RedissonSlots slots = Connected.connected(slots(RedissonSettings.of(way.address()), SHORT));
        answer(slots.store().get("own:warm-up"));
        return slots.store();
    }

    @Test
    void fillBeforeTheFirstPassGetsThere_isFoundByTheSecond() throws IOException {
        long holder = take(others.leases(), KEY);
        AtomicReference<FillOutcome> outcome = new AtomicReference<>();
        CacheStore store = store(LEASES, () -> {
            outcome.set(answer(others.store().fill(KEY, holder, bytes("old"), LONG)));
            return null;
        });
        answer(store.removeAll(PREFIX));
        assertThat(outcome.get()).isEqualTo(FillOutcome.STORED);
        assertThat(stored(others.store(), KEY)).isNull();
    }

    @Test
    void fillBetweenThePasses_findsItsLeaseRevoked() throws IOException {
        long holder = take(others.leases(), KEY);
        AtomicReference<FillOutcome> outcome = new AtomicReference<>();
        CacheStore store = store(VALUES, () -> {
            outcome.set(answer(others.store().fill(KEY, holder, bytes("old"), LONG)));
            return null;
        });
        answer(store.removeAll(PREFIX));
        assertThat(outcome.get()).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(others.store(), KEY)).isNull();
    }

    @Test
    void loadThatBeginsBetweenThePasses_keepsItsLease() throws IOException {
        AtomicReference<Long> holder = new AtomicReference<>();
        CacheStore store = store(VALUES, () -> {
            holder.set(take(others.leases(), KEY));
            return null;
        });
        answer(store.removeAll(PREFIX));
        assertThat(answer(others.store().fill(KEY, holder.get(), bytes("new"), LONG)))
                .isEqualTo(FillOutcome.STORED);
    }

    @Test
    void anotherRunOfTheServerMeanwhile_makesTheRemovalBeginAgain() throws IOException {
        put(others, KEY, "old");
        CacheStore store = store(VALUES, () -> run.compareAndSet(0, 1) ? ScriptedRedis.HANG_UP : null);
        answer(store.removeAll(PREFIX));
        assertThat(passes).containsExactly(LEASES, VALUES, LEASES, VALUES);
        assertThat(stored(others.store(), KEY)).isNull();
    }

    @Test
    void pageWithoutAnswer_failsTheRemoval() throws IOException {
        CacheStore store = store(LEASES, () -> "-ERR no\r\n");
        assertThat(failure(store.removeAll(PREFIX))).hasMessageContaining("ERR no");
        assertThat(passes).containsExactly(LEASES);
    }
}
