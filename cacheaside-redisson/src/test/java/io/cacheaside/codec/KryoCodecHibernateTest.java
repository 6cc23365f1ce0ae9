package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.decode;
import static io.cacheaside.codec.CodecFixture.formatOf;
import static io.cacheaside.codec.CodecFixture.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.CodecException;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.bytecode.internal.bytebuddy.ByteBuddyState;
import org.hibernate.collection.spi.PersistentBag;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.collection.spi.PersistentList;
import org.hibernate.collection.spi.PersistentMap;
import org.hibernate.collection.spi.PersistentSet;
import org.hibernate.collection.spi.PersistentSortedMap;
import org.hibernate.collection.spi.PersistentSortedSet;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.engine.spi.PersistentAttributeInterceptor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.pojo.bytebuddy.ByteBuddyProxyHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities, and what Hibernate puts into them: its own collections and proxy classes, whose session is closed. */
class KryoCodecHibernateTest {

    /** Answers what the constructors of collections ask; whatever would load fails. */
    private static final SharedSessionContractImplementor CLOSED =
            (SharedSessionContractImplementor) Proxy.newProxyInstance(
                    KryoCodecHibernateTest.class.getClassLoader(),
                    new Class<?>[] {SharedSessionContractImplementor.class},
                    (session, method, arguments) -> {
                        if (method.getReturnType() == LoadQueryInfluencers.class) {
                            return Members.instantiator(LoadQueryInfluencers.class)
                                    .newInstance();
                        }
                        throw new AssertionError(method + " was called");
                    });

    @Entity
    public static class Author {
        @Id
        Long id;

        @OneToMany
        List<Book> books = new ArrayList<>();

        protected Author() {}

        Author(long id) {
            this.id = id;
        }
    }

    @Entity
    public static class Book {
        @Id
        Long id;

        @ManyToOne
        Author author;

        protected Book() {}

        Book(long id, Author author) {
            this.id = id;
            this.author = author;
        }
    }

    record Collections(
            List<String> bag,
            List<String> list,
            Set<String> set,
            SortedSet<String> sorted,
            Map<String, Integer> map,
            SortedMap<String, Integer> sortedMap) {}

    @Test
    void entity_comesBackWithOrdinaryCollections() {
        Author author = new Author(1);
        author.books = new PersistentBag<>(CLOSED, new ArrayList<>(List.of(new Book(2, author), new Book(3, author))));

        Author read = (Author) roundTrip(author);

        assertThat(read.id).isEqualTo(1);
        assertThat(read.books)
                .isExactlyInstanceOf(ArrayList.class)
                .extracting(book -> book.id)
                .containsExactly(2L, 3L);
        assertThat(read.books).allSatisfy(book -> assertThat(book.author).isSameAs(read));
    }

    @Test
    void loadedCollections_comeBackEqualAndOrdinary() {
        Collections value = new Collections(
                new PersistentBag<>(CLOSED, new ArrayList<>(List.of("b", "a"))),
                new PersistentList<>(CLOSED, new ArrayList<>(List.of("c"))),
                new PersistentSet<>(CLOSED, new LinkedHashSet<>(List.of("z", "y"))),
                new PersistentSortedSet<>(CLOSED, new TreeSet<>(List.of("z", "y"))),
                new PersistentMap<>(CLOSED, new HashMap<>(Map.of("one", 1))),
                new PersistentSortedMap<>(CLOSED, new TreeMap<>(Map.of("b", 2, "a", 1))));

        Collections read = (Collections) roundTrip(value);

        assertThat(read.bag).isExactlyInstanceOf(ArrayList.class).containsExactly("b", "a");
        assertThat(read.list).isExactlyInstanceOf(ArrayList.class).containsExactly("c");
        assertThat(read.set).isExactlyInstanceOf(LinkedHashSet.class).containsExactly("z", "y");
        assertThat(read.sorted).isExactlyInstanceOf(TreeSet.class).containsExactly("y", "z");
        assertThat(read.map).isExactlyInstanceOf(LinkedHashMap.class).isEqualTo(Map.of("one", 1));
        assertThat(read.sortedMap).isExactlyInstanceOf(TreeMap.class).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void collectionThatIsNotLoaded_isRefusedAndStaysSo() {
        Author author = new Author(1);
        PersistentBag<Book> lazy = new PersistentBag<>(CLOSED);
        author.books = lazy;

        assertThatThrownBy(() -> formatOf(Author.class).encode(author))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(PersistentBag.class.getName() + " is not loaded")
                .hasMessageContaining("fetch it in the method");
        assertThat(((PersistentCollection<?>) lazy).wasInitialized()).isFalse();
    }

    /** Also where the package of its class, which is the entity's, is allowed. */
    @ParameterizedTest
    @ValueSource(strings = {"com.example", "io.cacheaside.codec"})
    void proxy_isRefusedWithWhatToDo(String allowed) throws Exception {
        Class<?> proxy = new ByteBuddyProxyHelper(new ByteBuddyState())
                .buildProxy(Author.class, new Class<?>[] {HibernateProxy.class});
        Author lazy = (Author) Members.instantiator(proxy).newInstance();
        ValueFormat format =
                KryoCodec.builder().allowedPackages(allowed).build().formatOf(new TypeOf<List<Author>>() {}.type());

        assertThatThrownBy(() -> format.encode(List.of(lazy)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(proxy.getName() + " is a lazy proxy")
                .hasMessageContaining("Hibernate.unproxy");
        assertThat(decode(format, format.encode(List.of()))).isEqualTo(List.of());
    }

    /** As the bytecode enhancer makes them. */
    static class Enhanced implements PersistentAttributeInterceptable {
        String text;

        @Override
        public PersistentAttributeInterceptor $$_hibernate_getInterceptor() {
            return null;
        }

        @Override
        public void $$_hibernate_setInterceptor(PersistentAttributeInterceptor interceptor) {}
    }

    @Test
    void classWithLazyFields_isRefusedAtStart() {
        assertThatThrownBy(() -> formatOf(Enhanced.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Enhanced.class.getName() + " is enhanced for lazy fields");
    }
}
