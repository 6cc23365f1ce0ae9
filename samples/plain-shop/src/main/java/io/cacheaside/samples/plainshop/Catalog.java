package io.cacheaside.samples.plainshop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The shop's products, over plain JDBC, each call by itself or in the unit of work that its caller runs. */
public final class Catalog {

    private final UnitsOfWork work;

    /** A catalog of the products in the database of {@code work}. */
    public Catalog(UnitsOfWork work) {
        this.work = work;
    }

    /** A product; empty where there is none, which is remembered for a shorter time. */
    @CacheAside(key = "product:#id", ttl = "10m", nullTtl = "30s")
    public Optional<Product> product(int id) throws SQLException {
        return work.run(connection -> select(connection, id));
    }

    private static Optional<Product> select(Connection connection, int id) throws SQLException {
        try (PreparedStatement query =
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
        work.run(connection -> update(connection, id, price));
    }

    private static int update(Connection connection, int id, BigDecimal price) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update product set price = ? where id = ?")) {
            update.setBigDecimal(1, price);
            update.setInt(2, id);
            return update.executeUpdate();
        }
    }

    /**
     * Changes several prices in one transaction, all or none. Inside, {@link #product} reads the new ones from the database;
     * the cache learns of them when the transaction has committed, all at once.
     */
    public void changePrices(Map<Integer, BigDecimal> prices) throws SQLException {
        work.together(connection -> {
            for (Map.Entry<Integer, BigDecimal> price : prices.entrySet()) {
                changePrice(price.getKey(), price.getValue());
            }
            return prices;
        });
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
        return work.run(connection -> average(connection, id));
    }

    private static String average(Connection connection, int id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select cast(avg(cast(stars as double precision)) as decimal(2, 1)) from review where product_id = ?")) {
            query.setInt(1, id);
            ResultSet average = query.executeQuery();
            average.next();
            return average.getString(1);
        }
    }
}
