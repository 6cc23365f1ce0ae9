package io.cacheaside.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachePolicyTest {

    private static CacheSettings settings(String name, String value) {
        Duration duration = Durations.parse(value);
        return new CacheSettings(
                only(name, "ttl", duration),
                only(name, "null-ttl", duration),
                only(name, "lease", duration),
                only(name, "wait-for", duration),
                only(name, "max-load", duration),
                null,
                only(name, "read-timeout", duration));
    }

    private static @Nullable Duration only(String name, String wanted, Duration duration) {
        return name.equals(wanted) ? duration : null;
    }

    private static CacheSettings jitter(double jitter) {
        return new CacheSettings(null, null, null, null, null, jitter, null);
    }

    @Test
    void settingsThatSayNothing_areCompletedByTheDefaults() {
        CachePolicy policy = CachePolicy.of("user", CacheSettings.NONE);
        assertThat(policy)
                .isEqualTo(new CachePolicy(
                        "user",
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        0.1,
                        Duration.ofMillis(50),
                        InsideTransaction.BYPASS));
        assertThat(policy.remembersAbsence()).isFalse();
    }

    @Test
    void settings_overrideTheLowerOnesOneByOne() {
        CacheSettings merged = settings("lease", "3s")
                .orElse(CacheSettings.ttl(Duration.ofHours(1)))
                .orElse(jitter(0));
        CachePolicy policy = CachePolicy.of("user", merged);
        assertThat(policy.lease()).isEqualTo(Duration.ofSeconds(3));
        assertThat(policy.ttl()).isEqualTo(Duration.ofHours(1));
        assertThat(policy.jitter()).isZero();
        assertThat(policy.waitFor()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void nullTtl_turnsTheMemoryOfAbsenceOn() {
        assertThat(CachePolicy.of("user", settings("null-ttl", "1s")).remembersAbsence())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttl | 0s | cache 'user': ttl = 0s is not in [1ms, 36500d]: there is always a hard lifetime",
                "ttl | PT-5M | cache 'user': ttl = PT-5M is not in [1ms, 36500d]: there is always a hard lifetime",
                "ttl | 36501d | cache 'user': ttl = 36501d is not in [1ms, 36500d]: there is always a hard lifetime",
                "ttl | PT0.0005S | cache 'user': ttl = PT0.0005S is not in [1ms, 36500d]: there is always a hard lifetime",
                "null-ttl | PT-1S | cache 'user': null-ttl = PT-1S is not in [0s, 36500d]: 0 turns it off",
                "lease | 10ms | cache 'user': lease = 10ms is not in [30ms, 36500d]: a lease has to outlive a few round trips",
                "wait-for | PT-1S | cache 'user': wait-for = PT-1S is not in [0s, 36500d]: 0 never waits",
                "max-load | 1s | cache 'user': max-load = 1s is not in [2s, 36500d]: it cannot be shorter than the lease",
                "read-timeout | 0s | cache 'user': read-timeout = 0s is not in [1ms, 36500d]: a read needs a moment"
            })
    void valueOutOfRange_isRefusedWithCacheNameRangeAndReason(String name, String value, String message) {
        assertThatThrownBy(() -> CachePolicy.of("user", settings(name, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN, Double.POSITIVE_INFINITY})
    void jitterThatIsNoPart_isRefused(double jitter) {
        assertThatThrownBy(() -> CachePolicy.of("user", jitter(jitter)))
                .hasMessage("cache 'user': jitter = " + jitter + " is not in [0, 1)");
    }

    @Test
    void severalContradictions_areToldTogether() {
        CacheSettings wrong =
                settings("ttl", "0s").orElse(settings("wait-for", "PT-1S")).orElse(jitter(1));
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> CachePolicy.of("user", wrong));
        assertThat(refused.problems()).hasSize(3);
        assertThat(refused).hasMessageStartingWith("cacheaside found 3 mistakes:\n  - cache 'user': ttl = 0s");
    }

    @ParameterizedTest
    @CsvSource({"ttl, 1ms", "ttl, 36500d", "null-ttl, 0s", "lease, 30ms", "wait-for, 0s", "max-load, 2s"})
    void valueOnTheEdge_isAccepted(String name, String value) {
        assertThat(CachePolicy.of("user", settings(name, value)).cache()).isEqualTo("user");
    }
}
