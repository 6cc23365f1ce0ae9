package io.cacheaside.aspect.shop.service;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.shop.Ahead;
import io.cacheaside.aspect.shop.Draft;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The one service that is woven and proxied. */
public class AheadService implements Ahead {

    private final Rows rows;

    public AheadService(Rows rows) {
        this.rows = rows;
    }

    private @Nullable Product load(long id) {
        Product row = rows.get(id);
        return row == null ? null : new Product(row.id(), Thread.currentThread().getName(), row.price());
    }

    @Override
    @CacheAside(key = "ahead:#id", ttl = "10s", refreshAhead = "99.99%")
    public @Nullable Product find(long id) {
        return load(id);
    }

    @Override
    @CacheAside(key = "aheadOptional:#id", ttl = "10s", refreshAhead = "99.99%")
    public Optional<Product> lookUp(long id) {
        return Optional.ofNullable(load(id));
    }

    @Override
    @CacheAside(key = "aheadDraft:#draft.id", ttl = "10s", refreshAhead = "99.99%")
    public @Nullable Product ofDraft(Draft draft) {
        return load(draft.getId());
    }

    @Override
    @CacheAside(key = "aheadUnless:#id", ttl = "10s", refreshAhead = "99.99%", unless = "#result.price > 100")
    public @Nullable Product unlessDear(long id) {
        return load(id);
    }

    @Override
    @CacheAside(key = "aheadLikely:#id", ttl = "1s", earlyExpiration = 100)
    public @Nullable Product likely(long id) {
        LockSupport.parkNanos(10_000_000); // the cost by which the decision is made
        return load(id);
    }
}
