package io.cacheaside.aspect.shop.service;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.shop.Finder;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import org.jspecify.annotations.Nullable;

/** Methods that only the weaver reaches, each called from inside. */
public class OwnMethods implements Finder<Product, Long> {

    private static @Nullable Rows shared;

    private final Rows rows;

    public OwnMethods(Rows rows) {
        this.rows = rows;
        shared = rows;
    }

    @Override
    public @Nullable Product byId(Long id) {
        secret(id);
        ofAll(id);
        return last(id);
    }

    @CacheAside(key = "private:#id")
    private @Nullable Product secret(long id) {
        return rows.get(id);
    }

    @CacheAside(key = "static:#id")
    static @Nullable Product ofAll(long id) {
        return shared == null ? null : shared.get(id);
    }

    @CacheAside(key = "final:#id")
    public final @Nullable Product last(long id) {
        return rows.get(id);
    }
}
