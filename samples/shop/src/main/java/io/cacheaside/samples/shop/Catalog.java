package io.cacheaside.samples.shop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The shop's products. The two annotations are all that it takes to cache their pages. */
@Service
public class Catalog {

    private final ProductTable products;
    private final ReviewTable reviews;

    Catalog(ProductTable products, ReviewTable reviews) {
        this.products = products;
        this.reviews = reviews;
    }

    /** The page of a product; empty where there is no such product, which is remembered for a shorter time. */
    @CacheAside(key = "product:#id", ttl = "1h", nullTtl = "30s")
    public Optional<ProductPage> page(int id) {
        return products.find(id).map(product -> product.page(reviews.ratings(id), reviews.mostHelpful(id)));
    }

    /** Changes a price; empty where there is no such product. No page that is asked for afterwards shows the old one. */
    @Transactional
    @Invalidate(key = "product:#id")
    public Optional<PriceChange> changePrice(int id, BigDecimal price) {
        return products.changePrice(id, price);
    }
}
