package io.cacheaside.aspect.shop.service;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Imports;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import org.jspecify.annotations.Nullable;

/** The one service that is woven and proxied. */
public class ImportService implements Imports {

    private final Rows rows;

    public ImportService(Rows rows) {
        this.rows = rows;
    }

    @Override
    @CacheAside(key = "product:#id", ttl = "5m", nullTtl = "1m")
    public @Nullable Product find(long id) {
        return rows.get(id);
    }

    @Override
    @CacheAside(key = "label:#region")
    public String label(String region) {
        rows.read();
        return "label of " + region;
    }

    @Override
    @Invalidate(cache = "product", all = true)
    public void raise(long from, long to) {
        change(from, to);
    }

    @Override
    @Invalidate(cache = "product", all = true)
    public void raiseAndFail(long from, long to) {
        change(from, to);
        throw new IllegalStateException("after some rows");
    }

    @Override
    @Invalidate(cache = "product", all = true, condition = "!#dryRun")
    public void raise(long from, long to, boolean dryRun) {
        change(from, to);
    }

    @Override
    @Invalidate(cache = "product", all = true, condition = "#result > 0")
    public int raiseSome(long from, long to) {
        change(from, to);
        return (int) (to - from);
    }

    @Override
    @Invalidate(key = "label:#region")
    @Invalidate(cache = "product", all = true)
    public void raiseIn(String region, long from, long to) {
        change(from, to);
    }

    private void change(long from, long to) {
        for (long id = from; id < to; id++) {
            rows.put(new Product(id, "raised", 1));
        }
    }
}
