package io.cacheaside.samples.shop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The customers' profiles, which pages show often and customers change now and then. */
@Repository
public class Customers {

    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A customer's profile; empty where there is no such customer. */
    @CacheAside(key = "profile:#id", ttl = "5m")
    public Optional<Profile> profile(int id) {
        return jdbc.sql("select id, name, language from customer where id = ?")
                .param(id)
                .query(Profile.class)
                .optional();
    }

    /** Stores a changed profile; false where there is no such customer. */
    @Transactional
    @Invalidate(key = "profile:#changed.id", tags = "customer:#changed.id")
    public boolean change(Profile changed) {
        return jdbc.sql("update customer set name = ?, language = ? where id = ?")
                        .params(changed.name(), changed.language(), changed.id())
                        .update()
                > 0;
    }
}
