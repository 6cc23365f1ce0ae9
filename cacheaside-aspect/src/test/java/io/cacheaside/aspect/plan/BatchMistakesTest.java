package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Product;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One test for each kind of mistake with {@code @Each}. */
class BatchMistakesTest extends Mistakes {

    static class Parameters {

        @CacheAside(key = "one:#id")
        Map<Long, Product> single(@Each("id") long ids) {
            return null;
        }

        @CacheAside(key = "two:#id:#name")
        Map<Long, Product> two(@Each("id") List<Long> ids, @Each("name") List<String> names) {
            return null;
        }

        @CacheAside(key = "arr:#id")
        Map<Long, Product> special(@Each("id") ArrayList<Long> ids) {
            return null;
        }

        @CacheAside(key = "nam:#ids")
        Map<Long, Product> named(@Each("ids") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "res:#result")
        Map<Long, Product> reserved(@Each("result") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "has:#id")
        Map<Long, Product> hash(@Each("#id") List<Long> ids) {
            return null;
        }

        @WriteThrough(key = "thr:#ids[0]")
        Product through(@Each("id") List<Long> ids) {
            return null;
        }

        @Invalidate(key = "map:#id")
        void write(@Each("id") Map<Long, Product> products) {}
    }

    @Test
    void parametersThatAreNoCollection_orHaveNoName_areRefused() {
        String name = " cannot name an element: write a name that nothing else in a template has";
        assertThat(mistakes(Parameters.class))
                .contains(
                        where(Parameters.class, "single(long) @Each: parameter 0 is a long and no Collection:")
                                + " declare it as a Collection, List or Set of the elements",
                        where(Parameters.class, "two(List, List) @Each: stands on two parameters, and a batch has the")
                                + " elements of one: 'id' and 'name'",
                        where(
                                        Parameters.class,
                                        "special(ArrayList) @Each: parameter 0 is a ArrayList, and the method is")
                                + " called with a part of its elements: write Collection, List or Set",
                        where(Parameters.class, "named(List) @Each: 'ids'") + name,
                        where(Parameters.class, "reserved(List) @Each: 'result'") + name,
                        where(Parameters.class, "write(Map) @Each: parameter 0 is a Map and no Collection:")
                                + " declare it as a Collection, List or Set of the elements",
                        where(Parameters.class, "hash(List) @Each: '#id' cannot name an element: leave the # to the")
                                + " templates that name it",
                        where(Parameters.class, "through(List) @Each: no key and no tag names #id, so no element is")
                                + " invalidated; @WriteThrough stores one value and knows no elements: write @Invalidate"
                                + " for them");
    }

    static class Keys {

        @CacheAside(key = "all:#shop")
        Map<Long, Product> same(String shop, @Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "pat:#id.nome")
        Map<Product, Product> path(@Each("id") List<Product> ids) {
            return null;
        }

        @CacheAside(key = "col:#ids")
        Map<Long, Product> collection(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "oth:#idd")
        Map<Long, Product> other(@Each("id") List<Long> ids) {
            return null;
        }

        @Invalidate(key = "all:#shop")
        void write(String shop, @Each("id") List<Long> ids) {}
    }

    @Test
    void keysWithoutTheElement_orWithAPartThatItHasNot_areRefused() {
        assertThat(mistakes(Keys.class))
                .contains(
                        where(Keys.class, "same(String, List) @CacheAside key: 'all:#shop' does not name #id,")
                                + " so all elements would have the same key",
                        where(
                                Keys.class,
                                "write(String, List) @Each: no key and no tag names #id, so no element is invalidated"))
                .anyMatch(text -> text.contains(
                        "#ids is a collection (List): write one element, such as #ids[0]; each of its elements is #id"))
                .anyMatch(text -> text.contains(
                        "unknown parameter #idd: other(List) has #ids (#p0), and #id for each element of #p0"))
                .anyMatch(text -> text.contains("path(List) @CacheAside key")
                        && text.contains("unknown property 'nome': #id is a Product"));
    }

    static class Results {

        @CacheAside(key = "col:#id")
        Collection<Product> collection(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "own:#id")
        LinkedHashMap<Long, Product> ownKind(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "key:#id")
        Map<String, Product> otherKeys(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "opt:#id")
        List<Optional<Product>> optionals(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "raw:#id")
        @SuppressWarnings("rawtypes")
        List raw(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "obj:#id")
        Map<Long, ?> anything(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "ref:#id", refreshAhead = "20%")
        List<Product> ahead(@Each("id") List<Long> ids) {
            return null;
        }

        @CacheAside(key = "typ:#id")
        Product one(long id) {
            return null;
        }

        @CacheAside(key = "typ:#id")
        List<String> otherType(@Each("id") List<Long> ids) {
            return null;
        }
    }

    @Test
    void resultsOfWhichNobodyKnowsWhoseTheyAre_areRefused() {
        String at = "(List) @CacheAside: ";
        assertThat(mistakes(Results.class))
                .contains(
                        where(Results.class, "collection" + at)
                                + "the return type java.util.Collection<" + Product.class.getName()
                                + "> does not say which value is whose: with @Each return a Map of the elements to their"
                                + " values, or a List with one value for each element, in their order",
                        where(Results.class, "ownKind" + at)
                                + "the return type java.util.LinkedHashMap<java.lang.Long, " + Product.class.getName()
                                + "> cannot be made for the caller, who gets cached values too: declare it as a Map",
                        where(Results.class, "otherKeys" + at)
                                + "the map's keys are java.lang.String and the elements are java.lang.Long, so no value"
                                + " would ever be found: return a map of the elements",
                        where(Results.class, "optionals" + at)
                                + "an absent element has no value: leave it out of the map, or write null in its place in"
                                + " the list, instead of an Optional",
                        where(Results.class, "raw" + at)
                                + "the raw return type java.util.List does not say which classes may be stored",
                        where(Results.class, "ahead" + at)
                                + "a batch loads nothing in the background: declare refreshAhead and earlyExpiration on"
                                + " the method of one element, whose hits do")
                .anyMatch(text -> text.contains("anything(List)") && text.contains("Object"))
                .anyMatch(text -> text.contains("cache 'typ' would hold"));
    }
}
