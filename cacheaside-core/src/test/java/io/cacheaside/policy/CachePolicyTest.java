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
        return CacheSettings.builder()
                .ttl(only(name, "ttl", duration))
                .maxLifetime(only(name, "max-lifetime", duration))
                .nullTtl(only(name, "null-ttl", duration))
                .staleFor(only(name, "stale-for", duration))
                .lease(only(name, "lease", duration))
                .waitFor(only(name, "wait-for", duration))
                .maxLoad(only(name, "max-load", duration))
                .readTimeout(only(name, "read-timeout", duration))
                .leaseTimeout(only(name, "lease-timeout", duration))
                .fillTimeout(only(name, "fill-timeout", duration))
                .invalidateTimeout(only(name, "invalidate-timeout", duration))
                .build();
    }

    private static @Nullable Duration only(String name, String wanted, Duration duration) {
        return name.equals(wanted) ? duration : null;
    }

    private static CacheSettings jitter(double jitter) {
        return CacheSettings.builder().jitter(jitter).build();
    }

    @Test
    void settingsThatSayNothing_areCompletedByTheDefaults() {
        CachePolicy policy = CachePolicy.of("user", CacheSettings.NONE);
        assertThat(policy)
                .isEqualTo(new CachePolicy(
                        "user",
                        Duration.ofMinutes(5),
                        Expiry.AFTER_WRITE,
                        Duration.ofHours(24),
                        Duration.ZERO,
                        Duration.ZERO,
                        RefreshWindow.OFF,
                        0,
                        0.1,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        64,
                        false,
                        Duration.ofMillis(50),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        InsideTransaction.BYPASS,
                        1 << 20,
                        1_000));
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
                "max-lifetime | 0s | cache 'user': max-lifetime = 0s is not in [1ms, 36500d]: there is always a hard lifetime",
                "null-ttl | PT-1S | cache 'user': null-ttl = PT-1S is not in [0s, 36500d]: 0 turns it off",
                "lease | 10ms | cache 'user': lease = 10ms is not in [30ms, 36500d]: a lease has to outlive a few round trips",
                "wait-for | PT-1S | cache 'user': wait-for = PT-1S is not in [0s, 36500d]: 0 never waits",
                "max-load | 1s | cache 'user': max-load = 1s is not in [2s, 36500d]: it cannot be shorter than the lease",
                "stale-for | PT-1S | cache 'user': stale-for = PT-1S is not in [0s, 36500d]: 0 turns it off",
                "read-timeout | 0s | cache 'user': read-timeout = 0s is not in [1ms, 1m]: a command needs a moment",
                "lease-timeout | 2m | cache 'user': lease-timeout = 2m is not in [1ms, 1m]: a command needs a moment",
                "fill-timeout | 0s | cache 'user': fill-timeout = 0s is not in [1ms, 1m]: a command needs a moment",
                "invalidate-timeout | 0s | cache 'user': invalidate-timeout = 0s is not in [1ms, 1m]: a command needs a moment"
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
    void noPlaceForAnyLoad_isRefused() {
        CacheSettings none = CacheSettings.builder().maxLoads(0).build();
        assertThatThrownBy(() -> CachePolicy.of("user", none))
                .hasMessage("cache 'user': max-loads = 0 is not at least 1: nothing could be loaded");
    }

    private static CacheSettings sliding() {
        return CacheSettings.builder().expiry(Expiry.AFTER_ACCESS).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttl | 25h | cache 'user': max-lifetime = 1d is shorter than ttl = 25h, and with expiry = after-access that is how long a value lives without a hit",
                "null-ttl | 1m | cache 'user': expiry = after-access excludes null-ttl = 1m: an absence that is asked for often would be believed for as long; turn that off for this cache",
                "stale-for | 1h | cache 'user': expiry = after-access excludes stale-for = 1h: a value has one deadline that hits do not move, and that is its max-lifetime; turn that off for this cache"
            })
    void whatHitsMustNotProlong_isRefusedWithAfterAccess(String name, String value, String message) {
        assertThatThrownBy(() -> CachePolicy.of("user", settings(name, value).orElse(sliding())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
        assertThat(CachePolicy.of("user", settings(name, value)).slides()).isFalse();
    }

    @Test
    void maximumAsLongAsTheIdleTime_isAccepted() {
        CacheSettings settings = settings("max-lifetime", "1h").orElse(CacheSettings.ttl(Duration.ofHours(1)));
        assertThat(CachePolicy.of("user", settings.orElse(sliding())).slides()).isTrue();
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
