package io.cacheaside.samples.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the products. */
@Repository
class ProductTable {

    private final JdbcClient jdbc;

    ProductTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A row of the table. */
    record Product(int id, String name, String category, BigDecimal price, int version) {

        ProductPage page(Ratings ratings, List<Review> helpful) {
            return new ProductPage(id, name, category, price, version, ratings, helpful);
        }
    }

    Optional<Product> find(int id) {
        return jdbc.sql("select id, name, category, price, version from product where id = ?")
                .param(id)
                .query(Product.class)
                .optional();
    }

    Optional<PriceChange> changePrice(int id, BigDecimal price) {
        return jdbc.sql("""
                        select id, price, version from final table
                          (update product set price = ?, version = version + 1 where id = ?)""").param(price).param(id).query(PriceChange.class).optional();
    }
}
