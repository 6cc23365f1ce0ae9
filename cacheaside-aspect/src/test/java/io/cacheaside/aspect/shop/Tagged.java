package io.cacheaside.aspect.shop;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of products, and writes that know which products they are about and not which pages, as their callers see them. */
public interface Tagged {

    @Nullable
    Product find(long id);

    String page(long id, String language);

    List<String> pages(Collection<Long> ids, String language);

    void save(Product product);

    void saveAndFail(Product product);

    /** Returns what is saved now. */
    Product rename(long id, String name);

    void saveAll(Collection<Product> products);

    /** Publishes all pages where {@code publish}. */
    void layout(String layout, boolean publish);
}
