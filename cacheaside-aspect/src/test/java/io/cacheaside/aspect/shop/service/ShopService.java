package io.cacheaside.aspect.shop.service;

import static io.cacheaside.annotation.CacheAside.Expiry.AFTER_ACCESS;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Catalogue;
import io.cacheaside.aspect.shop.Draft;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one service that is woven and proxied. */
public class ShopService implements Catalogue {

    private final Rows rows;

    public ShopService(Rows rows) {
        this.rows = rows;
    }

    @Override
    @CacheAside(key = "product:#id", ttl = "5m", nullTtl = "1m")
    public @Nullable Product find(long id) {
        return rows.get(id);
    }

    @Override
    @CacheAside(key = "optional:#id", nullTtl = "1m")
    public Optional<Product> lookUp(long id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    @CacheAside(key = "names:#prefix")
    public List<String> names(String prefix) {
        rows.read();
        return List.of(prefix + "1", prefix + "2");
    }

    @Override
    @CacheAside(key = "prices:#id")
    public Map<String, Integer> prices(long id) {
        rows.read();
        return Map.of("EUR", 10, "USD", 11);
    }

    @Override
    @CacheAside(key = "sizes:#id")
    public int[] sizes(long id) {
        rows.read();
        return new int[] {1, 2, 3};
    }

    @Override
    @CacheAside(key = "count:#group")
    public long count(String group) {
        rows.read();
        return 7;
    }

    @Override
    @CacheAside(key = "failing:#id")
    public Product failing(long id) throws IOException {
        rows.read();
        throw new IOException("row " + id);
    }

    @Override
    @CacheAside(key = "conditional:#id", condition = "#id > 10")
    public @Nullable Product conditional(long id) {
        return rows.get(id);
    }

    @Override
    @CacheAside(key = "unless:#id", unless = "#result.price == 0")
    public @Nullable Product unlessFree(long id) {
        return rows.get(id);
    }

    @Override
    @CacheAside(key = "boxed:#id")
    public @Nullable Product byBox(@Nullable Long id) {
        return rows.get(Objects.requireNonNullElse(id, 0L));
    }

    @Override
    @CacheAside(key = "lasting:#id", ttl = "1ms", staleFor = "1h")
    public @Nullable Product lasting(long id) {
        return rows.get(id);
    }

    @Override
    @Invalidate(key = "lasting:#product.id")
    public void saveLasting(Product product) {
        rows.put(product);
    }

    @Override
    @CacheAside(key = "session:#id", ttl = "30m", expiry = AFTER_ACCESS, maxLifetime = "12h")
    public @Nullable Product session(long id) {
        return rows.get(id);
    }

    @Override
    @Invalidate(key = "session:#id")
    public void logOut(long id) {
        rows.remove(id);
    }

    @Override
    @CacheAside(key = "offer:#id", ttl = "#{#result.validFor}", nullTtl = "10s", unless = "#result?.draft == true")
    public @Nullable Product offer(long id) {
        return rows.get(id);
    }

    @Override
    @CacheAside(key = "written:#id", ttl = "#{#id == 1 ? '2h' : #result.price + ' sheep'}")
    public @Nullable Product written(long id) {
        return rows.get(id);
    }

    @Override
    public @Nullable Product selfInvoking(long id) {
        return find(id);
    }

    @Override
    @Invalidate(key = "product:#product.id")
    public void save(Product product) {
        rows.put(product);
    }

    @Override
    @Invalidate(key = "product:#product.id")
    public void saveAndThrow(Product product) throws IOException {
        rows.put(product);
        throw new IOException("after the write");
    }

    @Override
    @Invalidate(key = "product:#result.id")
    public Product create(String name) {
        Product product = new Product(name.length(), name, 1);
        rows.put(product);
        return product;
    }

    @Override
    @Invalidate(key = {"product:#result.id", "product:#id"})
    public Product createAndThrow(long id, String name) throws IOException {
        rows.put(new Product(id, name, 1));
        throw new IOException("no result");
    }

    @Override
    @Invalidate(key = "product:#one")
    @Invalidate(key = {"product:#two", "optional:#two"})
    public void swap(long one, long two) {
        rows.put(new Product(one, "was " + two, 1));
        rows.put(new Product(two, "was " + one, 1));
    }

    @Override
    @Invalidate(key = "product:#draft.id")
    public void move(Draft draft, long id) {
        rows.put(new Product(draft.getId(), "moved away", 1));
        rows.put(new Product(id, "moved here", 1));
        draft.setId(id);
    }

    @Override
    @Invalidate(key = "product:#product.id", condition = "#product.price > 100")
    public void saveIfDear(Product product) {
        rows.put(product);
    }

    @Override
    @Invalidate(key = "product:#product.id", condition = "#result > 0")
    public int saveIfChanged(Product product, boolean fail) {
        rows.put(product);
        if (fail) {
            throw new IllegalStateException("after the write");
        }
        return product.price();
    }

    @Override
    @WriteThrough(key = "product:#draft.id")
    public @Nullable Product saveThrough(Draft draft, @Nullable Product product, boolean fail) {
        if (product != null) {
            rows.put(product);
            draft.setId(product.id());
        }
        if (fail) {
            throw new IllegalStateException("after the write");
        }
        return product;
    }

    @Override
    @WriteThrough(key = "product:#late.id", ttl = "1m", version = "price")
    public Optional<Product> apply(Product late) {
        return Optional.of(late);
    }

    @Override
    @Invalidate(key = "product:#id")
    public void saveBoxed(@Nullable Long id) {
        rows.read();
    }
}
