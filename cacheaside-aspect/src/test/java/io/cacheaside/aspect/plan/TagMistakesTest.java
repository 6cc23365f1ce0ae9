package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Product;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a read with tags may get wrong, and what it is told. */
class TagMistakesTest extends Mistakes {

    static class Templates {

        @CacheAside(key = "one:#id", tags = "shop:#shop")
        Product unnamed(long id, String shop) {
            return null;
        }

        @CacheAside(key = "two:#id", tags = "product:#result.id")
        Product result(long id) {
            return null;
        }

        @CacheAside(key = "three:#id", tags = "a:#id#id")
        Product adjacent(long id) {
            return null;
        }

        @CacheAside(key = "four:#id", tags = " ")
        Product blank(long id) {
            return null;
        }

        @CacheAside(key = "five:#product.id", tags = "name:#product.name")
        Product otherPart(Product product) {
            return null;
        }
    }

    @Test
    void templateOfATag_isToldWhatIsWrongWithIt() {
        assertThat(mistakes(Templates.class))
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Templates.class, "unnamed(long, String) @CacheAside tags: "))
                        .contains(
                                "#shop is not in the key 'one:#id': who calls with another one would hit what this call has"
                                        + " stored",
                                "put #shop into the key",
                                "shop:#shop\n         ^"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Templates.class, "result(long) @CacheAside tags: "))
                        .contains("no key and no tag of a read has it"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Templates.class, "adjacent(long) @CacheAside tags: "))
                        .contains("stands no ':'"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Templates.class, "blank(long) @CacheAside tags: "))
                        .contains("a tag needs a text"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Templates.class, "otherPart(Product) @CacheAside tags: "))
                        .contains("#product.name is not in the key"));
    }

    static class Lifetimes {

        @CacheAside(key = "idle:#id", ttl = "5m", expiry = CacheAside.Expiry.AFTER_ACCESS, tags = "product:#id")
        Product sliding(long id) {
            return null;
        }

        @CacheAside(key = "own:#id", ttl = "#{'5m'}", tags = "product:#id")
        Product own(long id) {
            return null;
        }
    }

    @Test
    void lifetimeThatIsNotKnownBeforeTheLoad_isRefused() {
        assertThat(mistakes(Lifetimes.class))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(
                                Lifetimes.class, "sliding(long) @CacheAside tags: with AFTER_ACCESS hits prolong")))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(
                                Lifetimes.class, "own(long) @CacheAside tags: ttl '#{'5m'}' is known only when")));
    }

    static class Page {

        @CacheAside(
                key = "page:#number:#lang",
                tags = {"lang:#lang", "pages"})
        Product page(long number, String lang) {
            return null;
        }
    }

    static class SamePage {

        @CacheAside(
                key = "page:#n:#language",
                tags = {"pages", "lang:#p1"})
        Product page(long n, String language) {
            return null;
        }
    }

    static class OtherValue {

        @CacheAside(
                key = "page:#a:#b",
                tags = {"pages", "lang:#a"})
        Product page(String a, String b) {
            return null;
        }
    }

    static class NoTags {

        @CacheAside(key = "page:#n:#language")
        Product page(long n, String language) {
            return null;
        }
    }

    @Test
    void readsOfOneTemplate_haveTheSameTags() {
        assertThat(mistakes(Page.class, SamePage.class)).isEmpty();
        assertThat(mistakes(Page.class, OtherValue.class))
                .singleElement()
                .asString()
                .startsWith(where(
                        OtherValue.class, "page(String, String) @CacheAside tags: the entries of 'page:#a:#b' have"))
                .contains("[pages, lang:#a] here and [lang:#lang, pages] in " + Page.class.getName());
        assertThat(mistakes(NoTags.class, Page.class))
                .singleElement()
                .asString()
                .contains(
                        "the tags [lang:#lang, pages] here and [] in " + NoTags.class.getName(),
                        "declare the same tags");
    }

    static class Batch {

        @CacheAside(key = "item:#id", tags = "item:#id")
        Product one(long id) {
            return null;
        }

        @CacheAside(key = "item:#element", tags = "item:#element")
        Map<Long, Product> many(@Each("element") List<Long> ids) {
            return null;
        }
    }

    @Test
    void batchOfTheSameTemplate_mayHaveTheSameTags() {
        assertThat(mistakes(Batch.class)).isEmpty();
    }

    static class Through {

        @CacheAside(key = "price:#id", tags = "prices")
        Product read(long id) {
            return null;
        }

        @WriteThrough(key = "price:#number")
        Product write(long number) {
            return null;
        }
    }

    @Test
    void writeThroughOfEntriesWithTags_isRefused() {
        assertThat(mistakes(Through.class))
                .singleElement()
                .asString()
                .contains("would store one that is registered under none");
    }

    static class Writes {

        @Invalidate(tags = "shop:#shop", strict = true, settle = "1s", durable = true)
        void marked(String shop) {}

        @Invalidate(tags = "shop:#shop", async = true)
        void later(String shop) {}

        @Invalidate(tags = "shop:#nobody")
        void unknown(String shop) {}

        @Invalidate(tags = "shop:#result.id")
        void nothing(String shop) {}

        @Invalidate(tags = "shop:#result.id", key = "shop:#id")
        Product fine(long id) {
            return null;
        }

        @Invalidate(cache = "shop", all = true, tags = "shop")
        void both() {}
    }

    @Test
    void invalidationOfATag_isToldWhatDoesNotGoWithIt() {
        assertThat(mistakes(Writes.class))
                .hasSize(8)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(
                                where(Writes.class, "marked(String) @Invalidate strict: with tags: keys are marked")))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Writes.class, "marked(String) @Invalidate settle: with tags: the mark")))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Writes.class, "marked(String) @Invalidate durable: with tags: the outbox")))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith(where(Writes.class, "unknown(String) @Invalidate tags: ")))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Writes.class, "nothing(String) @Invalidate tags: there is no #result")))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where(Writes.class, "both() @Invalidate all: "))
                        .contains("leave key and tags out"));
    }
}
