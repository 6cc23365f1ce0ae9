package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens to the pages of a removal of a tag, each time forced by holding the page's request. */
class TagSweepTest extends OwnRedis {

    private static final String TAG = "own:red";
    private static final String KEY = "own:user:1";
    /** What a connection takes along when it ends is given up after a moment. */
    private static final RedissonPolicy SHORT =
            new RedissonPolicy(LONG, LONG, LONG, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots others = slots(redis);
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicInteger run = new AtomicInteger();

    /** A store that does {@code atBegin} of each pass before its first page is asked for. */
    private CacheStore store(Supplier<@Nullable String> atBegin) throws IOException {
        ScriptedRedis way = closing(new ScriptedRedis(redis.port(), request -> {
            if (request.equals(List.of("INFO", "server")) && run.get() > 0) {
                String info = "run_id:another" + run.get() + "\r\nuptime_in_seconds:1\r\n";
                return "$" + info.length() + "\r\n" + info + "\r\n";
            }
            if (!request.get(0).equals("ZSCAN") || !request.get(2).equals("0")) {
                return null;
            }
            passes.incrementAndGet();
            return atBegin.get();
        }));
        RedissonSlots slots = Connected.connected(slots(RedissonSettings.of(way.address()), SHORT));
        answer(slots.store().get("own:warm-up"));
        return slots.store();
    }

    private void register() {
        others.store().tag(Map.of(TAG, List.of(KEY)), LONG).values().forEach(OwnRedis::answer);
    }

    @Test
    void anotherRunOfTheServerMeanwhile_makesTheRemovalBeginAgain() throws IOException {
        register();
        put(others, KEY, "old");
        CacheStore store = store(() -> run.compareAndSet(0, 1) ? ScriptedRedis.HANG_UP : null);
        answer(store.removeTagged(TAG));
        assertThat(passes).hasValue(2);
        assertThat(stored(others.store(), KEY)).isNull();
    }

    @Test
    void pageWithoutAnswer_failsTheRemoval() throws IOException {
        register();
        CacheStore store = store(() -> "-ERR no\r\n");
        assertThat(failure(store.removeTagged(TAG))).hasMessageContaining("ERR no");
        assertThat(passes).hasValue(1);
    }
}
