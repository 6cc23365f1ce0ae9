package io.cacheaside.aspect.shop.service;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Finder;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;

/** Writes through in a transaction that a proxy begins, woven or not. */
public class ThroughService implements Finder<Product, Long> {

    private final Rows rows;

    public ThroughService(Rows rows) {
        this.rows = rows;
    }

    @CacheAside(key = "product:#id")
    public @Nullable Product find(long id) {
        return rows.get(id);
    }

    /** Raises the price of a product. */
    @Override
    @Transactional
    @WriteThrough(key = "product:#id")
    public Product byId(Long id) {
        Product old = rows.get(id);
        Product dearer = new Product(id, "lamp", old == null ? 1 : old.price() + 1);
        rows.put(dearer);
        return dearer;
    }
}
