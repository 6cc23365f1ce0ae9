package io.cacheaside.benchmarks;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The annotated service; its own work costs nothing, so that only the cache is measured. Woven by the build. */
class Products {

    /** Of {@link #findAll}. */
    final LongAdder calls = new LongAdder();

    @CacheAside(key = "product:#id", ttl = "10m")
    Product find(long id) {
        return Product.of(id);
    }

    @CacheAside(key = "product:#id", ttl = "10m")
    Map<Long, Product> findAll(@Each("id") Collection<Long> ids) {
        calls.increment();
        Map<Long, Product> products = new HashMap<>();
        ids.forEach(id -> products.put(id, Product.of(id)));
        return products;
    }

    @CacheAside(key = "text:#id", ttl = "10m")
    String text(long id) {
        return "A value that takes no time to decode, so that only the way to Redis is measured, number " + id;
    }

    @Invalidate(key = "product:#id")
    void changed(long id) {}
}
