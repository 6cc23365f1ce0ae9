package io.cacheaside.samples.plainshop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The shop's products, over plain JDBC. The connections commit each statement, so a write is done when it returns. */
public final class Catalog {

    private final DataSource database;

    /** A catalog of the products in {@code database}. */
    public Catalog(DataSource database) {
        this.database = database;
    }

    /** A product; empty where there is none, which is remembered for a shorter time. */
    @CacheAside(key = "product:#id", ttl = "10m", nullTtl = "30s")
    public Optional<Product> product(int id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select id, name, price from product where id = ?")) {
            query.setInt(1, id);
            ResultSet found = query.executeQuery();
            return found.next()
                    ? Optional.of(new Product(found.getInt(1), found.getString(2), found.getBigDecimal(3)))
                    : Optional.empty();
        }
    }

    /** Changes a price. No {@link #product} that is called afterwards, in any JVM, returns the old one. */
    @Invalidate(key = "product:#id")
    public void changePrice(int id, BigDecimal price) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("update product set price = ? where id = ?")) {
            update.setBigDecimal(1, price);
            update.setInt(2, id);
            update.executeUpdate();
        }
    }

    /** What these products cost together. The object calls itself; the calls are cached like any other. */
    public BigDecimal total(int... ids) throws SQLException {
        BigDecimal total = BigDecimal.ZERO;
        for (int id : ids) {
            total = total.add(product(id).map(Product::price).orElse(BigDecimal.ZERO));
        }
        return total;
    }

    /** A product's name and the average of its reviews, such as {@code Lamp, 4.2 of 5}. */
    public String label(int id) throws SQLException {
        return product(id).map(Product::name).orElse("?") + ", " + stars(id) + " of 5";
    }

    @CacheAside(key = "stars:#id", ttl = "1h")
    private String stars(int id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select cast(avg(cast(stars as double precision)) as decimal(2, 1)) from review where product_id = ?")) {
            query.setInt(1, id);
            ResultSet average = query.executeQuery();
            average.next();
            return average.getString(1);
        }
    }
}
