package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Catalogue;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Finder;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WovenCatalogueTest extends CatalogueContract {

    private final CacheAsideClient client = Clients.inMemory(events, ticker);
    private final CacheAsideWeaving weaving = CacheAsideWeaving.bind(client);

    @Override
    protected Catalogue service() {
        return (Catalogue) Weaver.wovenService("ShopService", rows);
    }

    @AfterEach
    void unbind() {
        weaving.close();
        client.close();
    }

    @Test
    void selfInvocation_isCached() {
        Catalogue shop = service();
        shop.selfInvoking(1);
        shop.selfInvoking(1);
        assertThat(rows.reads()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("unchecked")
    void privateStaticAndFinalMethods_areCached() {
        Finder<Product, Long> own = (Finder<Product, Long>) Weaver.wovenService("OwnMethods", rows);
        own.byId(1L);
        own.byId(1L);
        assertThat(rows.reads()).isEqualTo(3);
        assertThat(events.all())
                .containsExactly("miss private", "miss static", "miss final", "hit private", "hit static", "hit final");
    }

    @Test
    @SuppressWarnings("unchecked")
    void bridge_isAdvisedOnce() {
        Finder<Product, Long> reader = (Finder<Product, Long>) Weaver.wovenService("Reader", rows);
        reader.byId(1L);
        reader.byId(1L);
        assertThat(events.all()).containsExactly("miss generic", "hit generic");
    }

    @Test
    void unbound_simplyRuns() {
        weaving.close();
        Catalogue shop = service();
        shop.find(1);
        shop.find(1);
        assertThat(rows.reads()).isEqualTo(2);
        assertThat(events.all()).isEmpty();
    }

    @Test
    void closedClient_simplyRuns() {
        client.close();
        Catalogue shop = service();
        shop.find(1);
        shop.find(1);
        assertThat(rows.reads()).isEqualTo(2);
    }
}
