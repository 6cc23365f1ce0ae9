package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Events;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.map.repository.config.EnableMapRepositories;
import org.springframework.data.repository.CrudRepository;

/** Annotations on interface methods, which nobody but a proxy implements or a class implements without them. */
class RepositoryTest {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Events events = new Events();

    @AfterEach
    void close() {
        context.close();
    }

    private void start(Class<?>... configuration) {
        context.registerBean(Events.class, () -> events);
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events));
        context.register(configuration);
        context.refresh();
    }

    /** A stored thing. */
    public record Item(@Id Long id, String name) implements Serializable {}

    /** A repository whose methods are generic where they are declared. */
    public interface Items extends CrudRepository<Item, Long> {

        @Override
        @CacheAside(key = "item:#id", nullTtl = "1m")
        Optional<Item> findById(Long id);

        @Override
        @Invalidate(key = "item:#entity.id")
        <S extends Item> S save(S entity);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    @EnableMapRepositories(considerNestedRepositories = true)
    static class WithRepositories {}

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableMapRepositories(considerNestedRepositories = true)
    static class WithRepositoriesAndSubclasses {}

    @ParameterizedTest
    @ValueSource(classes = {WithRepositories.class, WithRepositoriesAndSubclasses.class})
    void springDataRepository_isCached(Class<?> configuration) {
        start(configuration);
        Items items = context.getBean(Items.class);
        assertThat(items.findById(1L)).isEmpty();
        assertThat(items.findById(1L)).isEmpty();
        items.save(new Item(1L, "lamp"));
        assertThat(items.findById(1L)).contains(new Item(1L, "lamp"));
        assertThat(items.findById(1L)).contains(new Item(1L, "lamp"));
        assertThat(events.all())
                .containsExactly("miss item", "hit item", "invalidated item 1", "miss item", "hit item");
    }

    @Test
    void repositorySeenAsItsGenericParent_isCached() {
        start(WithRepositories.class);
        @SuppressWarnings("unchecked")
        CrudRepository<Item, Long> items = context.getBean(CrudRepository.class);
        items.findById(1L);
        items.findById(1L);
        items.save(new Item(1L, "lamp"));
        assertThat(events.all()).containsExactly("miss item", "hit item", "invalidated item 1");
    }

    /** Says what its implementations do. */
    public interface Lookup<T, I> {

        @CacheAside(key = "lookup:#id")
        T one(I id);
    }

    /** Has no annotation of its own. */
    public static class NumberLookup implements Lookup<String, Long> {

        private final Map<Long, String> names = Map.of(1L, "one");

        @Override
        public String one(Long id) {
            return names.get(id);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    static class WithInterfaceProxies {

        @Bean
        NumberLookup lookup() {
            return new NumberLookup();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    static class WithSubclassProxies extends WithInterfaceProxies {}

    @ParameterizedTest
    @ValueSource(classes = {WithInterfaceProxies.class, WithSubclassProxies.class})
    @SuppressWarnings("unchecked")
    void annotationOfAGenericInterface_holdsForItsImplementation(Class<?> configuration) {
        start(configuration);
        Lookup<String, Long> lookup = context.getBean(Lookup.class);
        assertThat(lookup.one(1L)).isEqualTo("one");
        assertThat(lookup.one(1L)).isEqualTo("one");
        assertThat(events.all()).containsExactly("miss lookup", "hit lookup");
    }
}
