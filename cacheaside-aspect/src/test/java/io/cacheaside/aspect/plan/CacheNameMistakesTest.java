package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.shop.Product;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Caches that do not go together, each told with both places. */
class CacheNameMistakesTest extends Mistakes {

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
}
