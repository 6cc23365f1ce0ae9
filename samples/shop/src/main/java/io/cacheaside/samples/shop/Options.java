package io.cacheaside.samples.shop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the shop's owner has configured: read by every page, changed once in a while. */
@Repository
public class Options {

    private final JdbcClient jdbc;

    Options(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The option's value; empty where it is not set. */
    @CacheAside(key = "configuration:#name", ttl = "24h", nullTtl = "1h")
    public Optional<String> value(String name) {
        return jdbc.sql("select text from configuration where name = ?")
                .param(name)
                .query(String.class)
                .optional();
    }

    /** Sets an option, for every instance at once in spite of the long TTL. */
    @Transactional
    @Invalidate(key = "configuration:#name")
    public void set(String name, String value) {
        jdbc.sql("merge into configuration (name, text) values (?, ?)")
                .params(name, value)
                .update();
    }
}
