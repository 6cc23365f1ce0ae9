package io.cacheaside.aspect.shop.service;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.shop.Finder;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import org.jspecify.annotations.Nullable;

/** Implements a generic interface, so that javac copies the annotation to a bridge. */
public class Reader implements Finder<Product, Long> {

    private final Rows rows;

    public Reader(Rows rows) {
        this.rows = rows;
    }

    @Override
    @CacheAside(key = "generic:#id")
    public @Nullable Product byId(Long id) {
        return rows.get(id);
    }
}
