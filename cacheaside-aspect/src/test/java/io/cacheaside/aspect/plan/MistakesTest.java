package io.cacheaside.aspect.plan;

import static io.cacheaside.annotation.CacheAside.Expiry.AFTER_ACCESS;
import static io.cacheaside.annotation.CacheAside.Expiry.AFTER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.ValueCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One test for each kind of mistake in templates and attributes, which reads what the application would be told. */
class MistakesTest extends Mistakes {

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

    static class Templates {

        @CacheAside(key = "user:#idd")
        Product unknownParameter(long id) {
            return null;
        }

        @CacheAside(key = "item:#product.prize")
        Product unknownProperty(Product product) {
            return null;
        }

        @Invalidate(key = "void:#result.id")
        void noResult(long id) {}
    }

    @Test
    void wrongTemplates_showTheColumnAndACaret() {
        assertThat(mistakes(Templates.class))
                .hasSize(3)
                .contains(where(Templates.class, "unknownParameter(long) @CacheAside key: ")
                        + "unknown parameter #idd: unknownParameter(long) has #id (#p0) (column 6)\n"
                        + "    user:#idd\n"
                        + "         ^")
                .anyMatch(text -> text.startsWith(where(Templates.class, "unknownProperty(Product) @CacheAside key: "))
                        && text.contains("prize")
                        && text.endsWith("\n    item:#product.prize\n                  ^"))
                .anyMatch(text -> text.startsWith(where(Templates.class, "noResult(long) @Invalidate key: "))
                        && text.contains("there is no #result"));
    }

    static class Contradictions {

        @CacheAside(key = "both:#id")
        @Invalidate(key = "both:#id")
        Product both(long id) {
            return null;
        }

        @CacheAside(key = "primitive:#id", nullTtl = "1m")
        int neverAbsent(long id) {
            return 0;
        }

        @Invalidate(key = {})
        void noKey() {}
    }

    @Test
    void contradictions_areRefused() {
        assertThat(mistakes(Contradictions.class))
                .containsExactlyInAnyOrder(
                        where(Contradictions.class, "both(long): ")
                                + "@CacheAside and @Invalidate exclude each other: a hit would not run the method, so"
                                + " nothing would be written",
                        where(Contradictions.class, "neverAbsent(long) @CacheAside nullTtl: ")
                                + "the method returns a primitive, so its result is never absent",
                        where(
                                Contradictions.class,
                                "noKey() @Invalidate key: names no key: give one, or a tag, or a cache of which all are removed"));
    }

    static class Conditions {

        @CacheAside(key = "a:#id", condition = "#id >")
        Product unparsable(long id) {
            return null;
        }

        @CacheAside(key = "b:#id", unless = "#resul == null")
        Product unknownVariable(long id) {
            return null;
        }

        @CacheAside(key = "c:#id", condition = "#result != null")
        Product tooEarly(long id) {
            return null;
        }

        @Invalidate(key = "d:#id", condition = "#result > 1")
        void noResult(long id) {}
    }

    @Test
    void wrongExpressions_areRefused() {
        assertThat(mistakes(Conditions.class))
                .hasSize(4)
                .contains(
                        where(Conditions.class, "unknownVariable(long) @CacheAside unless: ")
                                + "'#resul == null': unknown variable #resul: known are [a0, id, p0] (names need the"
                                + " compiler option -parameters)",
                        where(Conditions.class, "tooEarly(long) @CacheAside condition: ")
                                + "'#result != null': #result is not known before the method runs; unless may use it",
                        where(Conditions.class, "noResult(long) @Invalidate condition: ")
                                + "'#result > 1': there is no #result, because the method returns void")
                .anyMatch(text ->
                        text.startsWith(where(Conditions.class, "unparsable(long) @CacheAside condition: '#id >': ")));
    }

    @Test
    void configuredMistake_namesTheMethodThatMeetsIt() {
        CacheAsideClient configured = CacheAsideClient.builder()
                .namespace("shop")
                .store(new MemorySlots(Ticker.system()).store())
                .leases(new MemorySlots(Ticker.system()).leases())
                .codec(new Refusing())
                .cache(
                        "lea",
                        CacheSettings.builder().maxLoad(Duration.ofSeconds(3)).build())
                .build();
        try (configured) {
            assertThat(mistakes(configured, LongLease.class))
                    .singleElement()
                    .asString()
                    .startsWith(
                            where(LongLease.class, "lease(long) @CacheAside: cache 'lea': max-load = 3s is not in"));
            assertThat(mistakes(configured, CacheNameMistakesTest.OtherType.class))
                    .containsExactly(where(CacheNameMistakesTest.OtherType.class, "name(String) @CacheAside: ")
                            + "java.lang.String is not what this codec writes");
        }
    }

    static class LongLease {

        @CacheAside(key = "lea:#id", lease = "4s")
        Product lease(long id) {
            return null;
        }
    }

    private static final class Refusing implements ValueCodec {

        @Override
        public ValueFormat formatOf(java.lang.reflect.Type type) {
            throw new ConfigurationException(type.getTypeName() + " is not what this codec writes");
        }
    }

    @Test
    void allMistakesOfAllMethods_areInOneMessage() {
        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class,
                () -> new Plans(client)
                        .check(
                                Stream.of(Templates.class, Contradictions.class, CacheNameMistakesTest.WrongCache.class)
                                        .flatMap(type -> AnnotatedMethods.of(type).stream())
                                        .toList(),
                                method -> Optional.empty()));
        assertThat(thrown.problems()).hasSize(7);
        assertThat(thrown).hasMessageStartingWith("cacheaside found 7 mistakes:\n  - ");
        thrown.problems().forEach(problem -> assertThat(thrown).hasMessageContaining(problem));
    }

    @Test
    void firstCall_reportsItsOwnMistakes() {
        AnnotatedMethod wrong =
                AnnotatedMethods.of(CacheNameMistakesTest.WrongCache.class).get(0);
        Plans plans = new Plans(client);
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(ConfigurationException.class, () -> plans.of(wrong)))
                    .hasMessageContaining("does not start with 'users:'");
        }
    }
}
