package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.error.OutboxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One test for each kind of mistake with {@code all = true}. */
class WholeCacheMistakesTest extends Mistakes {

    static class Reads {

        @CacheAside(key = "product:#id")
        Product find(long id) {
            return null;
        }
    }

    static class Attributes {

        @Invalidate(all = true)
        void noCache() {}

        @Invalidate(cache = "product")
        void notAll() {}

        @Invalidate(cache = "product", key = "product:#id")
        void cacheOfAKey(long id) {}

        @Invalidate(cache = "product", all = true, key = "product:#id")
        void both(long id) {}

        @Invalidate
        void nothing() {}
    }

    @Test
    void attributesThatDoNotGoTogether_areEachRefusedWithWhatToWrite() {
        String useless =
                "is named without all = true: the cache of a key is known by its template, so leave cache out, or"
                        + " write all = true where every key of it is to be removed";
        assertThat(mistakes(Reads.class, Attributes.class))
                .containsExactlyInAnyOrder(
                        where(Attributes.class, "noCache() @Invalidate all: all = true without a cache: name it, as in")
                                + " cache = \"product\"",
                        where(Attributes.class, "notAll() @Invalidate cache: 'product' ") + useless,
                        where(Attributes.class, "cacheOfAKey(long) @Invalidate cache: 'product' ") + useless,
                        where(Attributes.class, "both(long) @Invalidate all: all = true removes every key of cache")
                                + " 'product': leave key and tags out, or write an @Invalidate of its own for keys of another"
                                + " cache",
                        where(
                                        Attributes.class,
                                        "nothing() @Invalidate key: names no key: give one, or a tag, or a cache of which")
                                + " all are removed");
    }

    static class ForKeysOnly {

        @Invalidate(cache = "product", all = true, strict = true)
        void strict() {}

        @Invalidate(cache = "product", all = true, settle = "2s")
        void settle() {}

        @Invalidate(cache = "product", all = true, durable = true)
        void durable() {}

        @Invalidate(cache = "product", all = true, async = true)
        void async() {}
    }

    @Test
    void whatGoesWithKeysOnly_isRefusedWithTheReason() {
        assertThat(mistakes(Reads.class, ForKeysOnly.class))
                .containsExactlyInAnyOrder(
                        where(ForKeysOnly.class, "strict() @Invalidate strict: with all = true: keys are marked before")
                                + " the commit, and those of a whole cache are not known then: name the keys, or set"
                                + " strict = false",
                        where(
                                        ForKeysOnly.class,
                                        "settle() @Invalidate settle: with all = true: the mark that nothing is")
                                + " stored under stands on single keys, and those of a whole cache are not known:"
                                + " name the keys, or leave settle out",
                        where(
                                        ForKeysOnly.class,
                                        "durable() @Invalidate durable: with all = true: the outbox takes keys")
                                + " that are known by name: name the keys, or set durable = false",
                        where(
                                        ForKeysOnly.class,
                                        "async() @Invalidate async: with all = true: the queue of the background takes")
                                + " keys that are known by name: name the keys, or set async = false");
    }

    static class Plain {

        @Invalidate(cache = "product", all = true)
        void all() {}
    }

    @Test
    void cacheThatIsConfiguredToBeDurable_isRefused() {
        try (CacheAsideClient durable = Clients.durable("product")) {
            assertThat(mistakes(durable, Reads.class, Plain.class))
                    .containsExactly(
                            where(Plain.class, "all() @Invalidate all: cache 'product' is configured to be durable,")
                                    + " and the outbox takes keys that are known by name: name the keys, or set durable = false"
                                    + " for the cache");
            assertThatThrownBy(() -> durable.invalidateAll("product"))
                    .isInstanceOf(OutboxException.class)
                    .hasMessageContaining("Cache 'product' is configured to be durable")
                    .hasMessageContaining("Nothing was removed");
        }
    }

    static class Names {

        @Invalidate(cache = "prod*", all = true)
        void glob() {}

        @Invalidate(cache = "product:", all = true)
        void colon() {}

        @Invalidate(cache = "product:list", all = true)
        void part() {}

        @Invalidate(cache = " ", all = true)
        void blank() {}
    }

    @Test
    void namesThatNoCacheCanHave_areRefused() {
        String rule = " may contain letters A to Z, digits, '.', '_' and '-', and single ':' between them";
        assertThat(mistakes(Reads.class, Names.class))
                .containsExactlyInAnyOrder(
                        where(Names.class, "glob() @Invalidate cache: the name of the cache, 'prod*',") + rule,
                        where(Names.class, "colon() @Invalidate cache: the name of the cache, 'product:',") + rule,
                        where(Names.class, "blank() @Invalidate cache: the name of the cache, ' ',") + rule,
                        where(Names.class, "part() @Invalidate cache: cache 'product:list' and cache 'product' of ")
                                + where(
                                        Reads.class,
                                        "find(long) nest: a cache owns all keys that start with its name and")
                                + " ':', so name one of them differently or give both the same cache");
    }

    static class Misspelt {

        @Invalidate(cache = "prodcut", all = true)
        void letters() {}

        @Invalidate(cache = "Products", all = true)
        void plural() {}

        @Invalidate(cache = "customer", all = true)
        void ofAnotherService() {}
    }

    @Test
    void nameThatIsNearlyThatOfAKnownCache_isRefusedWithBoth() {
        assertThat(mistakes(Reads.class, Misspelt.class))
                .containsExactlyInAnyOrder(misspelt("letters", "prodcut"), misspelt("plural", "Products"));
    }

    private static String misspelt(String method, String cache) {
        return where(Misspelt.class, method) + "() @Invalidate cache: no method seen reads cache '" + cache
                + "', and the configuration does not name it: 'product' is meant? Where another service does read '"
                + cache
                + "', say so with a setting of it: cacheaside.caches." + cache + ".ttl, or the builder's cache(\""
                + cache
                + "\", …)";
    }

    @Test
    void nameThatTheConfigurationKnows_isNot() {
        try (CacheAsideClient configured = Clients.configured("prodcut", "Products")) {
            assertThat(mistakes(configured, Reads.class, Misspelt.class)).isEmpty();
        }
    }

    @Test
    void slips_areCountedAsAReaderWould() {
        assertThat(Spelling.slips("product", "prodcut")).isEqualTo(1);
        assertThat(Spelling.slips("Product", "products")).isEqualTo(1);
        assertThat(Spelling.slips("user", "order")).isEqualTo(3);
        assertThat(Spelling.nearest("usr", List.of("user", "order"))).contains("user");
        assertThat(Spelling.nearest("a", List.of("b")))
                .as("too short to be a slip")
                .isEmpty();
    }

    /** What is logged of {@code cache} while {@code body} runs. */
    private static List<String> told(Runnable body) {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger logger = (Logger) LoggerFactory.getLogger(WholeCacheNames.class);
        logger.addAppender(logged);
        try {
            body.run();
        } finally {
            logger.detachAppender(logged);
        }
        return logged.list.stream().map(ILoggingEvent::toString).toList();
    }

    static class OfAnotherService {

        @Invalidate(cache = "customer", all = true)
        void all() {}

        @Invalidate(cache = "customer", all = true)
        void again() {}
    }

    @Test
    void unknownName_isOneWarningWithTheKnownOnes() {
        assertThat(told(() -> assertThat(mistakes(Reads.class, OfAnotherService.class))
                        .isEmpty()))
                .singleElement()
                .asString()
                .startsWith("[WARN]")
                .contains("() removes all keys of cache 'customer', which no method seen reads and the configuration")
                .contains("the caches are [product]", "cacheaside.caches.customer.ttl");
    }

    @Test
    void unknownNameOfAMethodThatIsCompiledAtItsFirstCall_isAWarningToo() {
        AnnotatedMethod late = AnnotatedMethods.of(OfAnotherService.class).get(0);
        Plans plans = new Plans(client);
        assertThat(told(() -> plans.of(late))).hasSize(1);
        assertThat(told(() -> plans.of(late))).isEmpty();
    }

    @Test
    void nameThatAHandleReads_isKnown() {
        client.cache("customer", Long.class, Product.class);
        assertThat(told(() -> mistakes(Reads.class, OfAnotherService.class))).isEmpty();
    }

    static class Through {

        @WriteThrough(key = "product:#product.id")
        @Invalidate(cache = "product", all = true)
        Product save(Product product) {
            return product;
        }
    }

    @Test
    void writeThroughOfTheSameCache_isRefused() {
        assertThat(mistakes(Reads.class, Through.class))
                .containsExactly(
                        where(Through.class, "save(Product) @WriteThrough key: @Invalidate(all = true) of cache")
                                + " 'product' removes what is stored: leave one of them out");
    }
}
