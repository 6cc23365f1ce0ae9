package io.cacheaside.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "24h, PT24H", "7d, PT168H", "0ms, PT0S", "0s, PT0S",
        "PT5M, PT5M", "pt1.5s, PT1.5S", "P2D, PT48H", "' 5m ', PT5M", "007s, PT7S", "PT-1S, PT-1S", "-PT5M, PT-5M"
    })
    void writtenDuration_isRead(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "m",
                "5 m",
                "5M",
                "5min",
                "1.5s",
                "-5m",
                "+5m",
                "5m30s",
                "1w",
                "٥m",
                "five",
                "PT",
                "P",
                "999999999999999999d",
                "9999999999999999999s",
                "forever",
                "infinite",
                "1_000ms",
                "0x10s"
            })
    void unreadableDuration_isRefusedWithTheAcceptedForms(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a duration: write 500ms, 30s, 5m, 24h, 7d or ISO-8601 (PT5M)");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.5S, 500ms",
        "PT1.5S, 1500ms",
        "PT90S, 90s",
        "PT60S, 1m",
        "PT90M, 90m",
        "PT2H, 2h",
        "PT48H, 2d",
        "PT0.0000005S, PT0.0000005S",
        "PT-5S, PT-5S",
        "PT-0.5S, PT-0.5S"
    })
    void duration_isPrintedShort(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @Test
    void printedDuration_readsBack() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            long seconds = random.nextLong() >> random.nextInt(64);
            Duration duration = Duration.ofSeconds(seconds, random.nextInt(4) * 250_000_000L);
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }

    @Test
    void longestAndShortestDurations_readBack() {
        for (Duration duration : new Duration[] {
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE, 500_000_000),
            Duration.ofMillis(Long.MAX_VALUE)
        }) {
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }
}
