package io.cacheaside.aspect.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.aspect.shop.Product;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultAdapterTest {

    interface Base<T, I extends Comparable<I>> {

        T one(I id);

        Optional<T> maybe(I id);

        List<? extends T> many(I id);

        Map<I, List<T>> grouped();

        T[] array();

        List<T>[] arrayOfLists();
    }

    abstract static class Middle<X> implements Base<X, Long> {}

    abstract static class Products extends Middle<Product> {}

    abstract static class Written {

        abstract Map<Long, List<Product>> grouped();

        abstract List<Product>[] arrayOfLists();

        abstract List<Product> many();

        abstract int primitive();
    }

    @Test
    void variablesOfAGenericBase_becomeWhatTheSubclassMakesOfThem() {
        assertThat(stored(Base.class, "one", Products.class)).isEqualTo(Product.class);
        assertThat(stored(Base.class, "maybe", Products.class)).isEqualTo(Product.class);
        assertThat(stored(Base.class, "array", Products.class)).isEqualTo(Product[].class);
        assertThat(stored(Base.class, "many", Products.class)).isEqualTo(written("many"));
    }

    @Test
    void resolvedTypes_equalWrittenOnesBothWays() {
        for (String name : List.of("grouped", "arrayOfLists")) {
            Type resolved = stored(Base.class, name, Products.class);
            assertThat(resolved).isEqualTo(written(name)).hasSameHashCodeAs(resolved);
            assertThat(written(name)).isEqualTo(resolved);
            assertThat(resolved.getTypeName()).isEqualTo(written(name).getTypeName());
        }
    }

    @Test
    void primitive_isStoredAsItsWrapperAndNeverAbsent() {
        ResultAdapter adapter = ResultAdapter.of(method(Written.class, "primitive"), Written.class);
        assertThat(adapter.stored()).isEqualTo(Integer.class);
        assertThat(adapter.mayBeAbsent()).isFalse();
    }

    @Test
    void optionalResult_isItsContent() throws Throwable {
        ResultAdapter adapter = ResultAdapter.of(method(Base.class, "maybe"), Products.class);
        assertThat(adapter.loader(() -> Optional.of("x")).load()).isEqualTo("x");
        assertThat(adapter.loader(Optional::empty).load()).isNull();
        assertThat(adapter.loader(() -> null).load()).isNull();
        assertThat(adapter.returned("x")).isEqualTo(Optional.of("x"));
        assertThat(adapter.returned(null)).isEqualTo(Optional.empty());
    }

    private static Type stored(Class<?> type, String name, Class<?> target) {
        return ResultAdapter.of(method(type, name), target).stored();
    }

    private static Type written(String name) {
        return method(Written.class, name).getGenericReturnType();
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
