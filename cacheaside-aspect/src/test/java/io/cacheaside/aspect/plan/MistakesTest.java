package io.cacheaside.aspect.plan;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mistakes in templates and expressions, attributes that exclude each other, and how an application is told of all its mistakes. */
class MistakesTest extends Mistakes {

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
