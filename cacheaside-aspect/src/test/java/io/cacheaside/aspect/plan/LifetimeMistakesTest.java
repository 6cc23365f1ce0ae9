package io.cacheaside.aspect.plan;

import static io.cacheaside.annotation.CacheAside.Expiry.AFTER_ACCESS;
import static io.cacheaside.annotation.CacheAside.Expiry.AFTER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.shop.Product;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Mistakes in how long values live: durations, what refreshes them, and what hits prolong. */
class LifetimeMistakesTest extends Mistakes {

    static class Durations {

        @CacheAside(key = "ttl:#id", ttl = "5 minutes")
        Product ttl(long id) {
            return null;
        }

        @CacheAside(key = "nul:#id", nullTtl = "soon")
        Product nullTtl(long id) {
            return null;
        }

        @CacheAside(key = "lea:#id", lease = "2x")
        Product lease(long id) {
            return null;
        }

        @CacheAside(key = "wai:#id", waitFor = "forever")
        Product waitFor(long id) {
            return null;
        }
    }

    @Test
    void unparsableDurations_areEachNamedWithTheirAttribute() {
        String rest = " is not a duration: write 500ms, 30s, 5m, 24h, 7d or ISO-8601 (PT5M)";
        assertThat(mistakes(Durations.class))
                .containsExactlyInAnyOrder(
                        where(Durations.class, "ttl(long) @CacheAside ttl: '5 minutes'") + rest,
                        where(Durations.class, "nullTtl(long) @CacheAside nullTtl: 'soon'") + rest,
                        where(Durations.class, "lease(long) @CacheAside lease: '2x'") + rest,
                        where(Durations.class, "waitFor(long) @CacheAside waitFor: 'forever'") + rest);
    }

    static class Refreshes {

        @CacheAside(key = "win:#id", refreshAhead = "soon")
        Product window(long id) {
            return null;
        }

        @CacheAside(key = "par:#id", refreshAhead = "100%")
        Product part(long id) {
            return null;
        }

        @CacheAside(key = "ttl:#id", ttl = "10s", refreshAhead = "10s")
        Product all(long id) {
            return null;
        }

        @CacheAside(key = "bet:#id", earlyExpiration = -1)
        Product beta(long id) {
            return null;
        }
    }

    @Test
    void refreshesThatCannotBe_areRefused() {
        assertThat(mistakes(Refreshes.class))
                .containsExactlyInAnyOrder(
                        where(Refreshes.class, "window(long) @CacheAside refreshAhead: ")
                                + "'soon' is no window: write 20% of the lifetime, or 10s, 500ms, PT10S before its end",
                        where(Refreshes.class, "part(long) @CacheAside: cache 'par': refresh-ahead = 100%")
                                + " is not in [0%, 100%): a fresh value would be refreshed already",
                        where(Refreshes.class, "all(long) @CacheAside: cache 'ttl': refresh-ahead = 10s is not shorter")
                                + " than the shortest lifetime, ttl = 10s less jitter = 0.1: a fresh value would be"
                                + " refreshed already",
                        where(Refreshes.class, "beta(long) @CacheAside: cache 'bet': early-expiration = -1.0 is not in")
                                + " [0, 100]: it is a factor of the load's cost, 1 is the usual one, 0 turns it off");
    }

    static class Lifetimes {

        @CacheAside(key = "zero:#id", ttl = "0s")
        Product zero(long id) {
            return null;
        }

        @CacheAside(key = "negative:#id", ttl = "PT-5M")
        Product negative(long id) {
            return null;
        }

        @CacheAside(key = "infinite:#id", ttl = "999999999d")
        Product infinite(long id) {
            return null;
        }

        @CacheAside(key = "short:#id", lease = "1ms")
        Product shortLease(long id) {
            return null;
        }
    }

    @Test
    void lifetimesThatAreNone_areRefused() {
        assertThat(mistakes(Lifetimes.class))
                .hasSize(4)
                .contains(
                        where(Lifetimes.class, "zero(long) @CacheAside ttl: ")
                                + "'0s': there is always a lifetime, so zero is refused",
                        where(Lifetimes.class, "negative(long) @CacheAside ttl: 'PT-5M' is negative"))
                .anyMatch(
                        text -> text.startsWith(where(Lifetimes.class, "infinite(long) @CacheAside: cache 'infinite'"))
                                && text.contains("ttl = 999999999d is not in"))
                .anyMatch(text -> text.contains("shortLease(long)") && text.contains("lease = 1ms is not in"));
    }

    static class Sliding {

        @CacheAside(key = "a:#id", expiry = AFTER_ACCESS, nullTtl = "1m", staleFor = "1h")
        Product absence(long id) {
            return null;
        }

        @CacheAside(key = "f:#id", expiry = AFTER_ACCESS, refreshAhead = "20%", earlyExpiration = 1)
        Product early(long id) {
            return null;
        }

        @CacheAside(key = "b:#id", expiry = AFTER_ACCESS, ttl = "2d")
        Product beyondTheMaximum(long id) {
            return null;
        }

        @CacheAside(key = "c:#id", expiry = AFTER_ACCESS, ttl = "#{#result.validFor}")
        Product ownTtl(long id) {
            return null;
        }

        @CacheAside(key = "d:#id", expiry = AFTER_WRITE, maxLifetime = "1h")
        Product maximumOfNothing(long id) {
            return null;
        }

        @CacheAside(key = "e:#id", maxLifetime = "long")
        Product noDuration(long id) {
            return null;
        }
    }

    @Test
    void whatHitsMustNotProlong_isRefused() {
        String sliding = " @CacheAside: cache '";
        assertThat(mistakes(Sliding.class))
                .containsExactlyInAnyOrder(
                        where(Sliding.class, "absence(long)") + sliding
                                + "a': expiry = after-access excludes null-ttl = 1m: an absence that is asked for often"
                                + " would be believed for as long; turn that off for this cache",
                        where(Sliding.class, "absence(long)") + sliding
                                + "a': expiry = after-access excludes stale-for = 1h: a value has one deadline that hits"
                                + " do not move, and that is its max-lifetime; turn that off for this cache",
                        where(Sliding.class, "early(long)") + sliding
                                + "f': expiry = after-access excludes refresh-ahead = 20%: a value has one deadline that"
                                + " hits do not move, and that is its max-lifetime; turn that off for this cache",
                        where(Sliding.class, "early(long)") + sliding
                                + "f': expiry = after-access excludes early-expiration = 1.0: a value has one deadline"
                                + " that hits do not move, and that is its max-lifetime; turn that off for this cache",
                        where(Sliding.class, "beyondTheMaximum(long)") + sliding
                                + "b': max-lifetime = 1d is shorter than ttl = 2d, and with expiry = after-access that is"
                                + " how long a value lives without a hit",
                        where(Sliding.class, "ownTtl(long) @CacheAside ttl: ")
                                + "'#{#result.validFor}': with AFTER_ACCESS ttl is how long any value lives without a"
                                + " hit, and a hit does not look into the value: write a duration",
                        where(Sliding.class, "maximumOfNothing(long) @CacheAside maxLifetime: ")
                                + "with AFTER_WRITE no value lives longer than its ttl: leave it out",
                        where(Sliding.class, "noDuration(long) @CacheAside maxLifetime: ")
                                + "'long' is not a duration: write 500ms, 30s, 5m, 24h, 7d or ISO-8601 (PT5M)");
    }

    static class TwoExpiries {

        @CacheAside(key = "page:#id", expiry = AFTER_ACCESS)
        Product one(long id) {
            return null;
        }

        @CacheAside(key = "page:#id")
        Product two(long id) {
            return null;
        }
    }

    @Test
    void oneCacheWithTwoExpiries_isRefused() {
        assertThat(mistakes(TwoExpiries.class))
                .singleElement()
                .asString()
                .matches(Pattern.quote(TwoExpiries.class.getName())
                        + "\\.(one|two)\\(long\\) @CacheAside: cache 'page' has expiry = AFTER_\\w+ here and AFTER_\\w+ in "
                        + Pattern.quote(TwoExpiries.class.getName())
                        + "\\.(one|two)\\(long\\): hits of the one would prolong what the other has stored");
    }

    static class OwnTtls {

        @CacheAside(key = "a:#id", ttl = "#{#result.}")
        Product unparsable(long id) {
            return null;
        }

        @CacheAside(key = "b:#id", ttl = "#{#reslt.validFor}")
        Product unknownVariable(long id) {
            return null;
        }

        @CacheAside(key = "c:#id", ttl = "#result.validFor")
        Product withoutBraces(long id) {
            return null;
        }
    }

    @Test
    void wrongExpressionsOfATtl_areRefused() {
        assertThat(mistakes(OwnTtls.class))
                .hasSize(3)
                .contains(
                        where(OwnTtls.class, "unknownVariable(long) @CacheAside ttl: ")
                                + "'#reslt.validFor': unknown variable #reslt: known are [a0, id, p0] (names need the"
                                + " compiler option -parameters)",
                        where(OwnTtls.class, "withoutBraces(long) @CacheAside ttl: ")
                                + "'#result.validFor' is not a duration: write 500ms, 30s, 5m, 24h, 7d or ISO-8601"
                                + " (PT5M), or an expression as #{#result.validFor}")
                .anyMatch(text ->
                        text.startsWith(where(OwnTtls.class, "unparsable(long) @CacheAside ttl: '#result.': ")));
    }
}
