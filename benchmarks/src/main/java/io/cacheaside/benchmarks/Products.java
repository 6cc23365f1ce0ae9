package io.cacheaside.benchmarks;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;

/** The annotated service; its own work costs nothing, so that only the cache is measured. Woven by the build. */
class Products {

    @CacheAside(key = "product:#id", ttl = "10m")
    Product find(long id) {
        return Product.of(id);
    }

    @Invalidate(key = "product:#id")
    void changed(long id) {}
}
