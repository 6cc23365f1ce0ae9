package io.cacheaside.samples.shop;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the reviews. */
@Repository
class ReviewTable {

    private final JdbcClient jdbc;

    ReviewTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Ratings ratings(int product) {
        return Ratings.of(
                jdbc.sql("""
                        select rating stars, count(*) count, max(written) latest
                        from review where product_id = ? group by rating""").param(product).query(Ratings.Group.class).list());
    }

    List<Review> mostHelpful(int product) {
        return jdbc.sql("""
                        select author, written, rating, helpful, text
                        from review where product_id = ? order by product_id, helpful desc limit 5""").param(product).query(Review.class).list();
    }
}
