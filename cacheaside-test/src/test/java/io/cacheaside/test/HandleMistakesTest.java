package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.TypeRef;
import io.cacheaside.entry.Explanation;
import io.cacheaside.entry.Explanation.Origin;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is refused when a handle is made or a key is written, and which keys and settings come of the others. */
class HandleMistakesTest {

    private static final CacheSettings NONE = CacheSettings.NONE;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MemorySlots slots = new MemorySlots(Ticker.system());
    private final CacheAsideClient client = CacheAsideClient.builder()
            .namespace("shop")
            .store(slots.store())
            .leases(slots.leases())
            .codec(new JavaSerializationCodec())
            .defaults(CacheSettings.ttl(Duration.ofMinutes(2)))
            .cache("told", CacheSettings.ttl(Duration.ofMinutes(3)))
            .cache("with:colon", CacheSettings.ttl(Duration.ofMinutes(4)))
            .build();

    record Id(long value) {}

    record Pair(long one, long two) {}

    static final class Plain {}

    enum Colour {
        RED
    }

    @AfterEach
    void close() {
        client.close();
    }

    private <K> String keyOf(Class<K> type, K key) {
        return client.cache("any", type, String.class).explain(key).key();
    }

    @Test
    void keys_areThoseOfTemplates() {
        assertThat(keyOf(Long.class, 42L)).isEqualTo("shop:any:42");
        assertThat(keyOf(long.class, 42L)).isEqualTo("shop:any:42");
        assertThat(keyOf(String.class, "a:b")).isEqualTo("shop:any:a%3Ab");
        assertThat(keyOf(Id.class, new Id(42))).isEqualTo("shop:any:42");
        assertThat(keyOf(Colour.class, Colour.RED)).isEqualTo("shop:any:RED");
        assertThat(keyOf(Object.class, 42)).isEqualTo("shop:any:42");
        assertThat(keyOf(String.class, "x".repeat(600)))
                .startsWith("shop:any:%~")
                .hasSize(9 + 2 + 48);
        assertThatThrownBy(() -> keyOf(Object.class, new Plain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Cache 'any' of Object to java.lang.String: the key is a HandleMistakesTest.Plain without a"
                                + " toString of its own");
    }

    private void assertRefused(Runnable made, String... sentences) {
        assertThatThrownBy(made::run)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(sentences.length)
                                .zipSatisfy(
                                        List.of(sentences),
                                        (told, sentence) -> assertThat(told).contains(sentence)));
    }

    @Test
    void keysWithoutStableText_areRefused() {
        assertRefused(
                () -> client.cache("a", Pair.class, String.class), "of Pair to java.lang.String: the key is a record");
        assertRefused(
                () -> client.cache("a", int[].class, String.class),
                "the key is an array (int[]): take one value that has a text of its own, such as a Long, a String or a UUID; a key"
                        + " of several values is written down");
        assertRefused(() -> client.cache("a", Plain.class, String.class), "without a toString of its own");
        assertRefused(() -> client.cache("a", List.class, String.class), "the key is a collection");
    }

    @Test
    void valuesThatCannotBeStored_areRefused() {
        assertRefused(() -> client.cache("a", Long.class, Object.class), "the value type Object does not say");
        assertRefused(() -> client.cache("a", Long.class, Stream.class), "used up by its first reader");
        assertRefused(() -> client.cache("a", Long.class, Optional.class), "an absent value is null");
        assertRefused(() -> client.cache("a", Long.class, long.class), "cannot be absent");
        assertRefused(
                () -> client.cache("a", Long.class, new TypeRef<CompletableFuture<String>>() {}), "not there yet");
    }

    @Test
    void allMistakesOfAHandle_areToldTogether() {
        assertRefused(
                () -> client.cache("no name", Pair.class, Object.class),
                "the name of the cache, 'no name'",
                "the key is a record",
                "the value type Object");
    }

    @Test
    void typeRefThatNamesNoType_isRefused() {
        assertThatThrownBy(Unnamed::new).hasMessageContaining("write new TypeRef<List<User>>() {}");
        assertThat(new TypeRef<Map<String, Long>>() {}).hasToString("java.util.Map<java.lang.String, java.lang.Long>");
    }

    @SuppressWarnings("rawtypes")
    private static final class Unnamed extends TypeRef {}

    @Test
    void handlesOfOneCache_haveOneTypeOneExpiryAndNoCacheWithinIt() {
        Cache<Long, String> first = client.cache("user", Long.class, String.class);
        assertThat(client.cache("user", Long.class, String.class)).hasToString(first.toString());
        client.cache("list", Long.class, new TypeRef<List<String>>() {});
        client.cache("list", String.class, new TypeRef<List<String>>() {});
        assertRefused(
                () -> client.cache("user", Long.class, Integer.class),
                "cache 'user' would hold java.lang.Integer here and java.lang.String in Cache 'user' of Long to");
        assertRefused(
                () -> client.getOrLoad("user:1", Integer.class, MINUTE, key -> 1), "would hold java.lang.Integer here");
        assertRefused(() -> client.cache("user:old", Long.class, String.class), "nest");
        assertRefused(
                () -> client.cache(
                        "user",
                        Long.class,
                        String.class,
                        CacheSettings.builder().expiry(Expiry.AFTER_ACCESS).build()),
                "has expiry = AFTER_ACCESS here and AFTER_WRITE in");
    }

    @Test
    void refusedHandle_hasSaidNothingOfItsCache() {
        assertThatThrownBy(() -> client.cache("user", Long.class, String.class, CacheSettings.ttl(Duration.ZERO)))
                .hasMessageContaining("ttl = 0s");
        client.cache("user", Long.class, Integer.class);
    }

    @Test
    void settings_comeFromTheConfigurationTheHandleTheFirstReadAndTheDefaults() {
        assertTtl(client.cache("told", Long.class, String.class, CacheSettings.ttl(MINUTE)), 3, Origin.CONFIGURED);
        assertTtl(client.cache("own", Long.class, String.class, CacheSettings.ttl(MINUTE)), 1, Origin.DECLARED);
        assertTtl(client.cache("own", Long.class, String.class, NONE), 1, Origin.DECLARED);
        assertTtl(client.cache("silent", Long.class, String.class), 2, Origin.DEFAULTS);
        assertThat(client.explain("silent:1").origin()).isEqualTo(Origin.DEFAULTS);
        client.cache(
                "sliding",
                Long.class,
                String.class,
                CacheSettings.builder().expiry(Expiry.AFTER_ACCESS).build());
        assertThat(client.peek("sliding:1", String.class).toOptional()).isEmpty();
    }

    private static void assertTtl(Cache<Long, String> cache, int minutes, Origin origin) {
        Explanation explanation = cache.explain(1L);
        assertThat(explanation.ttl()).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(explanation.origin()).isEqualTo(origin);
        assertThat(explanation.toString())
                .isEqualTo(explanation.key() + ": MISS (nothing is stored), ttl " + minutes + "m " + origin);
    }

    @ParameterizedTest
    @CsvSource({
        "user:42, user, shop:user:42",
        "shop:user:42, user, shop:user:42",
        "user:a:b, user, shop:user:a:b",
        "user:a%3Ab, user, shop:user:a%3Ab",
        "with:colon:1, with:colon, shop:with:colon:1",
        "user:für dich, user, shop:user:für dich"
    })
    void writtenKey_isCompleteOrNamesItsCache(String written, String cache, String key) {
        Explanation explanation = client.explain(written);
        assertThat(explanation.cache()).isEqualTo(cache);
        assertThat(explanation.key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", ":1", "shop:user", "user:{1}", "user:\n"})
    void writtenKeyThatNoTemplateRenders_isRefused(String written) {
        assertThatThrownBy(() -> client.invalidate(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key '" + written + "'");
        assertThatThrownBy(() -> client.explain("user:" + "x".repeat(510))).hasMessageContaining("more than 512 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order:1", "shop:order:1", "users:1", "42", "user:{1}"})
    void keyThatIsNotOfTheCacheThatIsNamed_isRefused(String written) {
        List<Runnable> calls = List.of(
                () -> client.invalidate("user", List.of("user:1", written)),
                () -> client.invalidate(Map.of("user", List.of(written))),
                () -> client.invalidateLater("user", List.of("user:1", written)));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the key '" + written + "'"));
        client.invalidate("nobody:reads", List.of("nobody:reads:1", "shop:nobody:reads:2"));
    }

    @Test
    void removalOfAllKeysOfACacheThatNobodyReads_isToldOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(CacheAsideClient.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        client.cache("user", Long.class, String.class).invalidateAll();
        client.invalidateAll("told");
        client.invalidateAll("usr");
        client.invalidateAll("usr");
        logger.detachAppender(logged);
        assertThat(logged.list)
                .singleElement()
                .asString()
                .startsWith("[WARN] All keys of the cache 'usr' are removed, of which no read is known here")
                .contains("the caches are [told, user, with:colon]", "cacheaside.caches.usr.ttl");
    }

    @Test
    void nullAsAWrittenKey_isRefused() {
        @Nullable String[] keys = {"user:1", null};
        assertThatThrownBy(() -> client.invalidate(keys)).isInstanceOf(IllegalArgumentException.class);
    }
}
