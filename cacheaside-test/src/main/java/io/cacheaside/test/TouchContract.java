package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads of every {@link io.cacheaside.spi.CacheStore} that move the end of the value that they find. */
public abstract class TouchContract extends SlotsContract {

    @Test
    void touchedValue_staysForSoLongFromThen() {
        String key = key("touched");
        answer(store().fill(key, take(key, LONG), bytes("value"), SHORT));
        assertThat(touched(key, LONG)).isEqualTo("value");
        String untouched = key("untouched");
        answer(store().fill(untouched, take(untouched, LONG), bytes("value"), SHORT));
        slots().elapse(SHORT);
        await("the untouched value expires", () -> stored(untouched) == null);
        assertThat(stored(key)).isEqualTo("value");
    }

    @Test
    void touch_setsTheLifetimeToLessToo() {
        String key = key("k");
        put(key, "value");
        assertThat(touched(key, SHORT)).isEqualTo("value");
        slots().elapse(SHORT);
        await("the value expires", () -> stored(key) == null);
    }

    @Test
    void touchUnderAMillisecond_isAccepted() {
        String key = key("k");
        put(key, "value");
        assertThat(touched(key, Duration.ofNanos(1))).isEqualTo("value");
        slots().elapse(Duration.ofMillis(1));
        await("the value expires", () -> stored(key) == null);
    }

    @Test
    void touchOfNothing_storesNothing() {
        String key = key("k");
        assertThat(touched(key, LONG)).isNull();
        assertThat(stored(key)).isNull();
        put(key, "value");
        invalidate(key);
        assertThat(touched(key, LONG)).isNull();
        assertThat(stored(key)).isNull();
    }

    @Test
    void touch_leavesLeaseAndMarksAlone() {
        String key = key("k");
        put(key, "value");
        long holder = take(key, LONG);
        touched(key, LONG);
        assertThat(fill(key, holder, "next")).isEqualTo(FillOutcome.STORED);
        long late = take(key, LONG);
        answer(store().mark(List.of(key), 1, LONG));
        assertThat(touched(key, LONG)).isNull();
        assertThat(fill(key, late, "old")).isEqualTo(FillOutcome.MARKED);
        assertThat(stored(key)).isNull();
    }

    @Test
    void readsOfBothKinds_answerTheirCallersWhenManyCome() {
        List<String> keys =
                IntStream.range(0, 40).mapToObj(i -> key("mixed:" + i)).toList();
        keys.stream().filter(key -> !key.endsWith("0")).forEach(key -> put(key, key));
        List<CompletableFuture<byte @Nullable []>> reads = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            reads.add(i % 3 == 0 ? store().get(key) : store().getAndTouch(key, LONG));
        }
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            assertThat(answer(reads.get(i))).isEqualTo(key.endsWith("0") ? null : bytes(key));
        }
    }

    private @Nullable String touched(String key, Duration idle) {
        byte[] frame = answer(store().getAndTouch(key, idle));
        return frame == null ? null : new String(frame, StandardCharsets.UTF_8);
    }
}
