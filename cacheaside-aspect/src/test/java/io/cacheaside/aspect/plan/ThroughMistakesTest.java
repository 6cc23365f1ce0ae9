package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Product;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a write-through method may get wrong, and what it is told. */
class ThroughMistakesTest extends Mistakes {

    record Row(long id, int version, Instant changedAt, String text, byte[] bytes, boolean flag, Number number) {}

    static class Versions {

        @WriteThrough(key = "row:#id", version = "bytes")
        Row bytes(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "#result.number")
        Row number(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "text")
        Row text(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "flag")
        Row flag(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "versoin")
        Row typo(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "#id + 1")
        Row other(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "#{#result.}")
        Row broken(long id) {
            return null;
        }
    }

    @Test
    void versionThatDoesNotCompare_isRefused() {
        String where = Versions.class.getName();
        assertThat(mistakes(Versions.class))
                .hasSize(7)
                .contains(
                        where
                                + ".bytes(long) @WriteThrough version: 'bytes' is of type [B, which does not compare: a version"
                                + " is a number, a time or something else that is Comparable",
                        where
                                + ".number(long) @WriteThrough version: '#result.number' is of type java.lang.Number, which"
                                + " does not compare: a version is a number, a time or something else that is Comparable",
                        where
                                + ".text(long) @WriteThrough version: 'text' is of type java.lang.String, in which 10 comes"
                                + " before 9: take a number or a time, or make one of it, as in"
                                + " #{T(Long).valueOf(#result.version)}",
                        where
                                + ".flag(long) @WriteThrough version: 'flag' is of type boolean, which has no newer and older",
                        where
                                + ".other(long) @WriteThrough version: '#id + 1' does not look at #result, whose version it"
                                + " has to tell")
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(where + ".typo(long) @WriteThrough version: unknown property 'versoin'"))
                .anySatisfy(problem -> assertThat(problem).startsWith(where + ".broken(long) @WriteThrough version: "));
    }

    static class Right {

        @WriteThrough(key = "row:#id", version = "version")
        Row number(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "#result.changedAt")
        Row time(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id", version = "#result.version * 2 + 1")
        Row expression(long id) {
            return null;
        }

        @WriteThrough(key = "count:#id", version = "#result")
        @Invalidate(key = "row:#id")
        long itself(long id) {
            return 0;
        }
    }

    @Test
    void numbersTimesAndExpressions_areVersions() {
        assertThat(mistakes(Right.class)).isEmpty();
    }

    static class Others {

        @WriteThrough(key = "row:#id")
        void nothing(long id) {}

        @WriteThrough(key = "row:#result.id")
        Row late() {
            return null;
        }

        @WriteThrough(key = "row:#id", ttl = "0s")
        Row zero(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id")
        @Invalidate(key = {"other:#id", "row:#id"})
        Row removed(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id")
        @CacheAside(key = "row:#id")
        Row both(long id) {
            return null;
        }
    }

    @Test
    void whatCannotBeStored_isRefused() {
        String where = Others.class.getName();
        assertThat(mistakes(Others.class))
                .containsExactlyInAnyOrder(
                        where + ".nothing(long) @WriteThrough: the method returns void, so there is nothing to cache",
                        where
                                + ".late() @WriteThrough key: 'row:#result.id': a key of #result is known only when the method"
                                + " has returned, and whether another write overlapped it has to be watched from its"
                                + " beginning: use keys of the arguments, or @Invalidate",
                        where + ".zero(long) @WriteThrough ttl: '0s': there is always a lifetime, so zero is refused",
                        where
                                + ".removed(long) @WriteThrough key: @Invalidate of the same key removes what is stored: leave"
                                + " one of them out",
                        where + ".both(long): @CacheAside and @WriteThrough exclude each other: a hit would not run the"
                                + " method, so nothing would be written");
    }

    static class Types {

        @CacheAside(key = "row:#id")
        Product read(long id) {
            return null;
        }

        @WriteThrough(key = "row:#id")
        List<Product> write(long id) {
            return null;
        }
    }

    @Test
    void resultOfAnotherTypeThanTheCaches_isRefused() {
        assertThat(mistakes(Types.class))
                .containsExactly(Types.class.getName() + ".write(long) @WriteThrough: cache 'row' would hold"
                        + " java.util.List<io.cacheaside.aspect.shop.Product> here and io.cacheaside.aspect.shop.Product in "
                        + Types.class.getName() + ".read(long): a cache holds values of one type");
    }
}
