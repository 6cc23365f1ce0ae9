package io.cacheaside.samples.shop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.CacheAside.Expiry;
import io.cacheaside.annotation.Invalidate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who has signed in. Every request asks, so a session stays in the cache as long as its customer is about. */
@Repository
public class Sessions {

    private final JdbcClient jdbc;

    Sessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The session of a token; empty where nobody is signed in with it. */
    @CacheAside(key = "session:#token", ttl = "30m", expiry = Expiry.AFTER_ACCESS, maxLifetime = "12h")
    public Optional<Session> find(String token) {
        return jdbc.sql("select token, customer, begun from session where token = ?")
                .param(token)
                .query(Session.class)
                .optional();
    }

    /** Signs a customer in. */
    @Transactional
    public Session begin(int customer) {
        Session session = new Session(
                UUID.randomUUID().toString(), customer, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        jdbc.sql("insert into session (token, customer, begun) values (?, ?, ?)")
                .params(session.token(), customer, session.begun())
                .update();
        return session;
    }

    /** Signs out: no request that arrives afterwards is let in, in no instance. */
    @Transactional
    @Invalidate(key = "session:#token")
    public void end(String token) {
        jdbc.sql("delete from session where token = ?").param(token).update();
    }
}
