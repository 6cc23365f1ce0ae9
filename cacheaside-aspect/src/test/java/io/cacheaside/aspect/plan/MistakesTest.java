package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.ValueCodec;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One test for each kind of mistake, which reads what the application would be told at start. */
class MistakesTest {

    private final CacheAsideClient client = Clients.inMemory(CacheListener.none());

    @AfterEach
    void close() {
        client.close();
    }

    private List<String> mistakes(Class<?>... types) {
        return mistakes(client, types);
    }

    private static List<String> mistakes(CacheAsideClient client, Class<?>... types) {
        List<AnnotatedMethod> methods = Arrays.stream(types)
                .flatMap(type -> AnnotatedMethods.of(type).stream())
                .toList();
        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class, () -> new Plans(client).check(methods, method -> Optional.empty()));
        return thrown == null ? List.of() : thrown.problems();
    }

    private static String where(Class<?> type, String method) {
        return type.getName() + "." + method;
    }

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

    static class Unsupported {

        @CacheAside(key = "a:#id")
        void nothing(long id) {}

        @CacheAside(key = "b:#id")
        CompletableFuture<Product> completable(long id) {
            return null;
        }

        @CacheAside(key = "c:#id")
        CompletionStage<Product> stage(long id) {
            return null;
        }

        @CacheAside(key = "d:#id")
        Future<Product> future(long id) {
            return null;
        }

        @CacheAside(key = "e:#id")
        Flow.Publisher<Product> publisher(long id) {
            return null;
        }

        @CacheAside(key = "f:#id")
        Stream<Product> stream(long id) {
            return null;
        }

        @CacheAside(key = "g:#id")
        Iterator<Product> iterator(long id) {
            return null;
        }

        @CacheAside(key = "h:#id")
        Iterable<Product> iterable(long id) {
            return null;
        }

        @CacheAside(key = "i:#id")
        Object object(long id) {
            return null;
        }

        @CacheAside(key = "j:#id")
        <T> List<T> open(long id) {
            return null;
        }

        @CacheAside(key = "k:#id")
        OptionalInt optionalInt(long id) {
            return OptionalInt.empty();
        }

        @CacheAside(key = "l:#id")
        Optional<Optional<Product>> nested(long id) {
            return Optional.empty();
        }

        @CacheAside(key = "m:#id")
        InputStream resource(long id) {
            return null;
        }
    }

    @Test
    void unsupportedReturnTypes_areExplained() {
        String at = " @CacheAside: the return type ";
        String later = " is a result that is not there yet, which is not supported: return the value itself";
        String used = " is used up by its first reader, so it cannot be cached: return a List or another collection";
        String product = "<" + Product.class.getName() + ">";
        assertThat(mistakes(Unsupported.class))
                .containsExactlyInAnyOrder(
                        where(Unsupported.class, "nothing(long) @CacheAside: ")
                                + "the method returns void, so there is nothing to cache",
                        where(Unsupported.class, "completable(long)")
                                + at
                                + CompletableFuture.class.getName()
                                + product
                                + later,
                        where(Unsupported.class, "stage(long)")
                                + at
                                + CompletionStage.class.getName()
                                + product
                                + later,
                        where(Unsupported.class, "future(long)") + at + Future.class.getName() + product + later,
                        where(Unsupported.class, "publisher(long)") + at + Flow.class.getName() + "$Publisher" + product
                                + " is a publisher, which loads at each subscription and is not supported: return the"
                                + " value itself",
                        where(Unsupported.class, "stream(long)") + at + Stream.class.getName() + product + used,
                        where(Unsupported.class, "iterator(long)") + at + Iterator.class.getName() + product + used,
                        where(Unsupported.class, "iterable(long)") + at + Iterable.class.getName() + product + used,
                        where(Unsupported.class, "object(long)") + at
                                + "Object does not say which classes may be stored: return the type that is meant",
                        where(Unsupported.class, "open(long)") + at
                                + "java.util.List<T> leaves T open, so nobody knows what is stored: return a type that"
                                + " says it",
                        where(Unsupported.class, "optionalInt(long)") + at
                                + "java.util.OptionalInt is not supported: return Optional<Integer>",
                        where(Unsupported.class, "nested(long) @CacheAside: ")
                                + "an Optional inside an Optional has two kinds of absence",
                        where(Unsupported.class, "resource(long)") + at + InputStream.class.getName() + used);
    }

    static class OneType {

        @CacheAside(key = "product:#id")
        Product find(long id) {
            return null;
        }

        @CacheAside(key = "product:#id")
        Optional<Product> sameByOptional(long id) {
            return Optional.empty();
        }
    }

    static class OtherType {

        @CacheAside(key = "product:#name")
        String name(String name) {
            return name;
        }
    }

    static class Primitive {

        @CacheAside(key = "count:#id")
        long primitive(long id) {
            return 0;
        }
    }

    static class Boxed {

        @CacheAside(key = "count:#id")
        Long boxed(long id) {
            return null;
        }
    }

    @Test
    void twoTypesInOneCache_areRefusedWithBothPlaces() {
        assertThat(mistakes(OneType.class)).isEmpty();
        assertThat(mistakes(OneType.class, OtherType.class))
                .singleElement()
                .asString()
                .startsWith(where(
                        OtherType.class,
                        "name(String) @CacheAside: cache 'product' would hold java.lang.String" + " here and "
                                + Product.class.getName() + " in " + OneType.class.getName() + "."))
                .endsWith(": a cache holds values of one type");
        assertThat(mistakes(Primitive.class, Boxed.class))
                .singleElement()
                .asString()
                .contains("java.lang.Long here and java.lang.Long (a primitive, never absent) in ");
    }

    static class Nesting {

        @CacheAside(key = "user:#id")
        Product user(long id) {
            return null;
        }
    }

    static class Nested {

        @CacheAside(key = "user:admin:#id")
        Product admin(long id) {
            return null;
        }
    }

    static class NamedAlike {

        @CacheAside(key = "user:admin:#id", cache = "user")
        Product admin(long id) {
            return null;
        }
    }

    @Test
    void nestingCaches_areRefused() {
        assertThat(mistakes(Nesting.class, Nested.class))
                .containsExactly(where(Nested.class, "admin(long) @CacheAside: ")
                        + "cache 'user:admin' and cache 'user' of " + where(Nesting.class, "user(long)")
                        + " nest: a cache"
                        + " owns all keys that start with its name and ':', so name one of them differently or give both"
                        + " the same cache");
        assertThat(mistakes(Nesting.class, NamedAlike.class)).isEmpty();
    }

    static class WrongCache {

        @CacheAside(key = "user:#id", cache = "users")
        Product user(long id) {
            return null;
        }
    }

    @Test
    void cacheThatIsNotTheTemplatesHead_isRefused() {
        assertThat(mistakes(WrongCache.class))
                .containsExactly(where(WrongCache.class, "user(long) @CacheAside cache: ")
                        + "the template 'user:#id' does not start with 'users:', so its keys are not the cache's: write"
                        + " that before the first '#', or leave cache out");
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
                        where(Contradictions.class, "noKey() @Invalidate key: names no key"));
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
                .cache("lea", new CacheSettings(null, null, null, null, Duration.ofSeconds(3), null, null))
                .build();
        try (configured) {
            assertThat(mistakes(configured, LongLease.class))
                    .singleElement()
                    .asString()
                    .startsWith(
                            where(LongLease.class, "lease(long) @CacheAside: cache 'lea': max-load = 3s is not in"));
            assertThat(mistakes(configured, OtherType.class))
                    .containsExactly(where(OtherType.class, "name(String) @CacheAside: ")
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
                                Stream.of(Templates.class, Contradictions.class, WrongCache.class)
                                        .flatMap(type -> AnnotatedMethods.of(type).stream())
                                        .toList(),
                                method -> Optional.empty()));
        assertThat(thrown.problems()).hasSize(7);
        assertThat(thrown).hasMessageStartingWith("cacheaside found 7 mistakes:\n  - ");
        thrown.problems().forEach(problem -> assertThat(thrown).hasMessageContaining(problem));
    }

    @Test
    void firstCall_reportsItsOwnMistakes() {
        AnnotatedMethod wrong = AnnotatedMethods.of(WrongCache.class).get(0);
        Plans plans = new Plans(client);
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(ConfigurationException.class, () -> plans.of(wrong)))
                    .hasMessageContaining("does not start with 'users:'");
        }
    }
}
