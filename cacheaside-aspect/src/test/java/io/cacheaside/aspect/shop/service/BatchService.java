package io.cacheaside.aspect.shop.service;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Batches;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one service that is woven and proxied. */
public class BatchService implements Batches {

    private final Rows rows;

    public BatchService(Rows rows) {
        this.rows = rows;
    }

    @Override
    @CacheAside(key = "product:#id", ttl = "5m", nullTtl = "1m")
    public @Nullable Product find(long id) {
        return rows.get(id);
    }

    private Map<Long, Product> load(Collection<? extends @Nullable Long> ids) {
        Map<Long, Product> found = new LinkedHashMap<>();
        for (Long id : rows.called(ids)) {
            Product product = id == null ? null : rows.get(id);
            if (product != null) {
                found.put(id, product);
            }
        }
        return found;
    }

    @Override
    @CacheAside(key = "product:#id", ttl = "5m", nullTtl = "1m")
    public Map<Long, Product> findAll(@Each("id") @Nullable Collection<@Nullable Long> ids) {
        return load(ids == null ? List.of() : ids);
    }

    @Override
    @CacheAside(key = "product:#id", ttl = "5m", nullTtl = "1m")
    public List<@Nullable Product> list(@Each("id") List<Long> ids) {
        List<@Nullable Product> found = new ArrayList<>();
        rows.called(ids).forEach(id -> found.add(rows.get(id)));
        return found;
    }

    @Override
    @CacheAside(key = "of:#shop:#{#id + 1}")
    public Map<Long, Product> ofShop(String shop, @Each("id") Set<Long> ids) {
        return load(ids);
    }

    @Override
    @CacheAside(key = "short:#id")
    public List<Product> tooShort(@Each("id") List<Long> ids) {
        return ids.stream().map(rows::get).filter(Objects::nonNull).toList();
    }

    @Override
    @CacheAside(key = "many:#id", nullTtl = "1m")
    public Map<Long, Product> tooMany(@Each("id") Collection<Long> ids) {
        Map<Long, Product> found = load(ids);
        found.put(99L, new Product(99, "foreign", 1));
        return found;
    }

    @Override
    @CacheAside(key = "dear:#id", ttl = "#{#result.validFor}", unless = "#result.price < 100 or #id == 3")
    public Map<Long, Product> dear(@Each("id") Collection<Long> ids) {
        return load(ids);
    }

    @Override
    @CacheAside(key = "few:#id", condition = "#ids.size() < 3")
    public Map<Long, Product> ifFew(@Each("id") Collection<Long> ids) {
        return load(ids);
    }

    @Override
    @Invalidate(key = "product:#one.id")
    public void save(@Each("one") Collection<@Nullable Product> products) {
        products.stream().filter(Objects::nonNull).forEach(rows::put);
    }

    @Override
    @Invalidate(key = "product:#one.id")
    public void saveAndClear(@Each("one") Collection<Product> products) {
        products.forEach(rows::put);
        products.clear();
    }

    @Override
    @Invalidate(key = "product:#first.id")
    @Invalidate(key = "product:#one.id", async = true)
    public void saveLater(Product first, @Each("one") Collection<@Nullable Product> others) {
        rows.put(first);
        others.stream().filter(Objects::nonNull).forEach(rows::put);
    }

    @Override
    @Invalidate(key = "product:#one.id", async = true)
    public void saveLaterAndClear(@Each("one") List<Product> products) {
        products.forEach(rows::put);
        Product moved = new Product(3, "sofa", 301);
        rows.put(moved);
        products.set(0, moved);
        products.remove(1);
    }

    @Override
    @Invalidate(key = "product:#one.id", async = true)
    public void saveLaterAndFail(@Each("one") Collection<Product> products) {
        products.forEach(rows::put);
        throw new IllegalStateException("saved all the same");
    }
}
