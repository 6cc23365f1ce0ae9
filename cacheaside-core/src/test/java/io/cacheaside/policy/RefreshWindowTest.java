package io.cacheaside.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshWindowTest {

    private static CacheSettings settings(String window) {
        return CacheSettings.builder()
                .ttl(Duration.ofSeconds(100))
                .refreshAhead(RefreshWindow.of(window))
                .build();
    }

    private static CacheSettings beta(double beta) {
        return CacheSettings.builder().earlyExpiration(beta).build();
    }

    @ParameterizedTest
    @CsvSource({"20%, 20000", "12.5 %, 12500", "10s, 10000", "PT0.5S, 500", "' 1m ', 60000", "0%, 0", "0s, 0"})
    void text_isReadAsPartOfTheLifetimeOrAsDuration(String text, long millis) {
        assertThat(RefreshWindow.of(text).millisOf(100_000)).isEqualTo(millis);
        assertThat(RefreshWindow.of(text).isOff()).isEqualTo(millis == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20%", "12.5%", "10s", "500ms", "0s"})
    void window_isWrittenAsItIsRead(String text) {
        assertThat(RefreshWindow.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "20", "20 percent", "1e2%", "soon", "NaN%"})
    void otherText_isRefusedWithTheAcceptedForms(String text) {
        assertThatThrownBy(() -> RefreshWindow.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + text + "' is no window: write 20% of the lifetime, or 10s, 500ms, PT10S before its end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100% | is not in [0%, 100%): a fresh value would be refreshed already",
                "-1% | is not in [0%, 100%): a fresh value would be refreshed already",
                "PT-1S | is negative: 0 turns it off",
                "90s | is not shorter than the shortest lifetime, ttl = 100s less jitter = 0.1: a fresh value would be refreshed already",
                "5m | is not shorter than the shortest lifetime, ttl = 100s less jitter = 0.1: a fresh value would be refreshed already"
            })
    void windowThatHoldsNotTogetherWithTheLifetime_isRefused(String window, String message) {
        assertThatThrownBy(() -> CachePolicy.of("user", settings(window)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("cache 'user': refresh-ahead = " + window + " " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99%", "89s"})
    void windowShorterThanTheShortestLifetime_isAccepted(String window) {
        assertThat(CachePolicy.of("user", settings(window)).refreshesEarly()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 101, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
    void betaThatIsNoFactor_isRefused(double beta) {
        assertThatThrownBy(() -> CachePolicy.of("user", beta(beta)))
                .hasMessage("cache 'user': early-expiration = " + beta
                        + " is not in [0, 100]: it is a factor of the load's cost, 1 is the usual one, 0 turns it off");
    }

    @Test
    void betaOfZero_isOff() {
        assertThat(CachePolicy.of("user", beta(0)).refreshesEarly()).isFalse();
        assertThat(CachePolicy.of("user", beta(1)).refreshesEarly()).isTrue();
        assertThat(CachePolicy.of("user", beta(1)).tellsEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001})
    void threads_areOneAtLeastAndAThousandAtMost(int threads) {
        assertThatThrownBy(() -> new RefreshPolicy(threads))
                .hasMessageStartingWith("cacheaside.refresh-threads = " + threads + " is not in [1, 1000]");
    }
}
