package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.plan.Plans;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.service.TaggedService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handle knows no tags, so what it loads of a cache with tags is not stored: no invalidation of a tag could find it. */
class HandlesAndTagsTest {

    private final Events events = new Events();
    private final CacheAsideClient client = Clients.inMemory(events);
    private final AtomicInteger loads = new AtomicInteger();

    @BeforeEach
    void declareTags() {
        new Plans(client).check(AnnotatedMethods.of(TaggedService.class), method -> Optional.empty());
    }

    @AfterEach
    void close() {
        client.close();
    }

    private String load() {
        return "value " + loads.incrementAndGet();
    }

    @Test
    void handleOfACacheWithTags_storesNothing() {
        Cache<String, String> pages = client.cache("page", String.class, String.class);
        pages.getOrLoad("1", key -> load());
        assertThat(events.all()).contains("bypass page TAG");
        assertThat(pages.getAllOrLoad(List.of("1"), keys -> Map.of("1", load())))
                .containsEntry("1", "value 2");
        assertThat(pages.explain("1").reasons())
                .contains("nothing is stored")
                .anyMatch(reason -> reason.contains("have tags, which a handle does not know"));
        assertThat(pages.getOrLoad("1", key -> load())).isEqualTo("value 3");
    }

    @Test
    void handleOfAnotherCache_stores() {
        Cache<String, String> others = client.cache("other", String.class, String.class);
        others.getOrLoad("1", key -> load());
        assertThat(others.getOrLoad("1", key -> load())).isEqualTo("value 1");
        assertThat(others.explain("2").reasons()).containsExactly("nothing is stored");
    }
}
