package io.cacheaside.key;

import static io.cacheaside.key.Templates.compile;
import static io.cacheaside.key.Templates.method;
import static io.cacheaside.key.Templates.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenericTypesTest {

    interface Repo<T, K> {
        Optional<T> findById(K id);

        T save(T entity);

        List<T> saveAll(List<? extends T> entities);

        void touch(T[] entities, Map<String, ? extends Holder<K>> holders);

        <E extends Product> void update(E entity);

        <E extends Comparable<E>> void any(E id);
    }

    record Holder<V>(V value) {}

    static class Product implements Comparable<Product> {
        public long getId() {
            return 5;
        }

        @Override
        public int compareTo(Product other) {
            return 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Product;
        }

        @Override
        public int hashCode() {
            return 5;
        }
    }

    abstract static class BaseRepo<E> implements Repo<E, List<String>> {}

    interface Products extends Repo<Product, Long> {}

    abstract static class ProductLists extends BaseRepo<Product> {}

    private static KeyTemplate template(String text, String method, Class<?> target) {
        return compile(text, method(Repo.class, method), target, null);
    }

    @Test
    void typeVariable_isWhatTheTargetClassSays() {
        assertThat(render(template("p:#entity.id", "save", Products.class), new Product()))
                .isEqualTo("shop:p:5");
        assertThat(template("p:#result.id", "save", ProductLists.class).render(new Object[] {null}, new Product()))
                .isEqualTo("shop:p:5");
        assertThat(template("p:#result.id", "findById", Products.class)
                        .render(new Object[] {1L}, Optional.of(new Product())))
                .isEqualTo("shop:p:5");
        assertThatThrownBy(() -> template("p:#id", "findById", ProductLists.class))
                .hasMessageStartingWith("#id is a collection (List)");
        assertThat(render(template("p:#id[0]", "findById", ProductLists.class), List.of("x")))
                .isEqualTo("shop:p:x");
    }

    @Test
    void elementsOfGenericContainers_areFollowed() {
        assertThat(render(template("p:#entities[0].id", "saveAll", Products.class), List.of(new Product())))
                .isEqualTo("shop:p:5");
        assertThat(template("p:#result[0].id", "saveAll", Products.class)
                        .render(new Object[] {null}, List.of(new Product())))
                .isEqualTo("shop:p:5");
        assertThat(render(
                        template("p:#entities[0].id:#holders[a b].value", "touch", Products.class),
                        new Product[] {new Product()},
                        Map.of("a b", new Holder<>(7L))))
                .isEqualTo("shop:p:5:7");
    }

    @Test
    void variableOfTheMethod_isItsBound() {
        assertThat(render(template("p:#entity.id", "update", Products.class), new Product()))
                .isEqualTo("shop:p:5");
        assertThat(render(template("p:#id", "any", Products.class), "x")).isEqualTo("shop:p:x");
    }

    @Test
    void unresolvedVariable_isCheckedByTheValue() {
        KeyTemplate open = template("p:#id", "findById", Repo.class);
        assertThat(render(open, 1L)).isEqualTo("shop:p:1");
        assertThat(render(open, List.of())).isNull();
        assertThatThrownBy(() -> template("p:#entity.id", "save", Repo.class))
                .hasMessageStartingWith("unknown property 'id': #entity is an Object, which has no properties");
    }

    @Test
    void targetThatIsNoSubtype_leavesTheMethodsOwnTypes() {
        assertThat(render(template("p:#id", "findById", String.class), 1L)).isEqualTo("shop:p:1");
    }

    @Test
    void recordAndItsOnlyComponent_renderTheSameKey() {
        assertThat(render(template("p:#id", "findById", Repo.class), new Holder<>(3)))
                .isEqualTo(render(template("p:#id", "findById", Products.class), 3L));
    }

    @Test
    void proxyAndItsTarget_renderTheSameKeys() {
        Object proxy = Proxy.newProxyInstance(
                Products.class.getClassLoader(), new Class<?>[] {Products.class}, (p, m, a) -> null);
        for (String text : List.of("p:#id", "p:#p0", "p:#method:#id")) {
            assertThat(render(template(text, "findById", proxy.getClass()), 9L))
                    .isEqualTo(render(template(text, "findById", Products.class), 9L));
        }
    }

    static class Shelf {
        public String find(long id) {
            return "" + id;
        }
    }

    /** Named as CGLIB and Spring name theirs. */
    static class Shelf$$SpringCGLIB$$0 extends Shelf {}

    @Test
    void generatedSubclass_rendersTheSameKeysAsItsClass() {
        String text = "p:#class:#method:#id";
        KeyTemplate generated = compile(text, method(Shelf.class, "find"), Shelf$$SpringCGLIB$$0.class, null);
        assertThat(render(generated, 1L))
                .isEqualTo(render(compile(text, Shelf.class, "find"), 1L))
                .isEqualTo("shop:p:io.cacheaside.key.GenericTypesTest$Shelf:find:1");
    }
}
