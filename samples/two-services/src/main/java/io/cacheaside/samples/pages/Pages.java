package io.cacheaside.samples.pages;

import io.cacheaside.annotation.CacheAside;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The pages. Nothing here knows who writes. */
@Repository
public class Pages {

    private final JdbcClient jdbc;

    Pages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A product's page; empty where there is no such product. */
    @CacheAside(key = "product:#id", ttl = "1h", nullTtl = "1m")
    public Optional<Page> page(long id) {
        return jdbc.sql("select id, name, price from product where id = ?")
                .param(id)
                .query(Page.class)
                .optional();
    }
}
