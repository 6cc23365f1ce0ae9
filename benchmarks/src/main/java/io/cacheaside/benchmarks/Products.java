package io.cacheaside.benchmarks;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;

/** The annotated service; its own work costs nothing, so that only the cache is measured. Woven by the build. */
class Products {

    @CacheAside(key = "product:#id", ttl = "10m")
    Product find(long id) {
        return Product.of(id);
    }

    @CacheAside(key = "text:#id", ttl = "10m")
    String text(long id) {
        return "A value that takes no time to decode, so that only the way to Redis is measured, number " + id;
    }

    @Invalidate(key = "product:#id")
    void changed(long id) {}
}
