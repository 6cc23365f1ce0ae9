package io.cacheaside.aspect.shop.service;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import io.cacheaside.aspect.shop.Tagged;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one service that is woven and proxied. */
public class TaggedService implements Tagged {

    private final Rows rows;
    private volatile String layout = "plain";

    public TaggedService(Rows rows) {
        this.rows = rows;
    }

    @Override
    @CacheAside(key = "product:#id", tags = "product:#id", nullTtl = "1m")
    public @Nullable Product find(long id) {
        return rows.get(id);
    }

    @Override
    @CacheAside(
            key = "page:#id:#language",
            tags = {"product:#id", "pages", "language:#language"})
    public String page(long id, String language) {
        return text(id, language);
    }

    @Override
    @CacheAside(
            key = "page:#id:#p1",
            tags = {"pages", "product:#id", "language:#p1"})
    public List<String> pages(@Each("id") Collection<Long> ids, String language) {
        return ids.stream().map(id -> text(id, language)).toList();
    }

    private String text(long id, String language) {
        Product product = rows.get(id);
        return layout + " " + language + " " + (product == null ? "nothing" : product.name());
    }

    @Override
    @Invalidate(tags = "product:#product.id")
    public void save(Product product) {
        rows.put(product);
    }

    @Override
    @Invalidate(tags = "product:#product.id")
    public void saveAndFail(Product product) {
        rows.put(product);
        throw new IllegalStateException("after the row");
    }

    @Override
    @Invalidate(tags = "product:#result.id")
    public Product rename(long id, String name) {
        Product renamed = new Product(id, name, 1);
        rows.put(renamed);
        return renamed;
    }

    @Override
    @Invalidate(tags = "product:#product.id")
    public void saveAll(@Each("product") Collection<Product> products) {
        products.forEach(rows::put);
    }

    @Override
    @Invalidate(tags = "pages", condition = "#publish")
    public void layout(String changed, boolean publish) {
        layout = changed;
    }
}
