package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Frames;
import io.cacheaside.entry.Lookup;
import io.cacheaside.spi.FillOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link io.cacheaside.spi.CacheStore} keeps where values of several versions are stored under one key. */
public abstract class VersionsContract extends SlotsContract {

    /** After any restart of the store. */
    private static final long CREATED = 1L << 50;

    @Test
    void fillOverAnotherVersion_keepsItBeside() {
        String key = key("k");
        put(key, frame(1, "first"), LONG);
        put(key, frame(2, "second"), LONG);
        assertThat(payload(key, 1)).isEqualTo("first");
        assertThat(payload(key, 2)).isEqualTo("second");
        put(key, frame(1, "third"), LONG);
        assertThat(payload(key, 1)).isEqualTo("third");
        assertThat(payload(key, 2)).isEqualTo("second");
        assertThat(answer(store().get(key))).hasSize(frame(1, "third").length + frame(2, "second").length);
    }

    @Test
    void invalidate_removesAllVersions() {
        String key = key("k");
        put(key, frame(1, "first"), LONG);
        put(key, frame(2, "second"), LONG);
        invalidate(key);
        assertThat(stored(key)).isNull();
        put(key, frame(2, "new"), LONG);
        assertThat(answer(store().get(key))).isEqualTo(frame(2, "new"));
    }

    @Test
    void versionBeside_livesNoLongerThanItWouldHave() {
        String key = key("k");
        put(key, frame(1, "first"), SHORT);
        put(key, frame(2, "second"), LONG);
        slots().elapse(SHORT);
        await("the older version expires", () -> stored(key) == null);
    }

    @Test
    void absence_standsAlone() {
        String key = key("k");
        put(key, frame(1, "first"), LONG);
        put(key, Frame.absent(CREATED), LONG);
        assertThat(answer(store().get(key))).isEqualTo(Frame.absent(CREATED));
        put(key, frame(2, "second"), LONG);
        assertThat(answer(store().get(key))).isEqualTo(frame(2, "second"));
    }

    @Test
    void fifthVersion_dropsTheOldest() {
        String key = key("k");
        for (int version = 1; version <= Frames.MOST + 1; version++) {
            put(key, frame(version, "v" + version), LONG);
        }
        assertThat(answer(store().get(key))).hasSize(Frames.MOST * frame(1, "v1").length);
        assertThat(payload(key, 1)).isNull();
        assertThat(payload(key, 2)).isEqualTo("v2");
        assertThat(payload(key, 5)).isEqualTo("v5");
    }

    @Test
    void whatIsNoFrame_isNotKept() {
        String key = key("k");
        put(key, "no frame");
        put(key, frame(1, "first"), LONG);
        assertThat(answer(store().get(key))).isEqualTo(frame(1, "first"));
        put(key, "no frame");
        assertThat(stored(key)).isEqualTo("no frame");
    }

    private static byte[] frame(long fingerprint, String payload) {
        return Frame.value(fingerprint, CREATED, 0, bytes(payload));
    }

    private void put(String key, byte[] frame, Duration ttl) {
        assertThat(answer(store().fill(key, take(key, LONG), frame, ttl))).isEqualTo(FillOutcome.STORED);
    }

    private @Nullable String payload(String key, long fingerprint) {
        byte[] stored = answer(store().get(key));
        if (stored == null || !(Frame.read(stored, fingerprint) instanceof Lookup.Value value)) {
            return null;
        }
        return new String(value.frame(), value.payloadOffset(), value.payloadLength(), StandardCharsets.UTF_8);
    }
}
