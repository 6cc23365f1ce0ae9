package io.cacheaside.samples.prices;

import io.cacheaside.annotation.Invalidate;
import java.math.BigDecimal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The prices. Of the pages that show them only the key is known here. */
@Repository
public class Prices {

    private final JdbcClient jdbc;

    Prices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Changes a price; no page that is asked for afterwards shows the old one. */
    @Transactional
    @Invalidate(key = "product:#product")
    public void change(long product, BigDecimal price) {
        jdbc.sql("update product set price = ? where id = ?")
                .params(price, product)
                .update();
    }
}
