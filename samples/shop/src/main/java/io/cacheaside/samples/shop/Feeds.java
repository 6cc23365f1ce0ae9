package io.cacheaside.samples.shop;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the makers that a customer follows have posted. A maker may have very many followers. */
@Repository
public class Feeds {

    private final JdbcClient jdbc;

    Feeds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest posts for a customer, the newest first. */
    @CacheAside(key = "feed:#customer", ttl = "10m")
    public List<Post> feed(int customer) {
        return jdbc.sql("""
                        select maker, text from post
                        where maker in (select maker from follower where customer = ?) order by id desc limit 20""").param(customer).query(Post.class).list();
    }

    /** Who follows a maker. */
    public List<Integer> followers(int maker) {
        return jdbc.sql("select customer from follower where maker = ?")
                .param(maker)
                .query(Integer.class)
                .list();
    }

    /** From now on the customer's feed has what the maker posts, and has posted. */
    @Transactional
    @Invalidate(key = "feed:#customer")
    public void follow(int customer, int maker) {
        jdbc.sql("merge into follower (maker, customer) values (?, ?)")
                .params(maker, customer)
                .update();
    }

    /** Stores a post. Its followers see it a moment later, and nobody waits until the feeds of all of them are removed. */
    @Transactional
    @Invalidate(key = "feed:#follower", async = true)
    public void publish(Post post, @Each("follower") List<Integer> followers) {
        jdbc.sql("insert into post (maker, text) values (?, ?)")
                .params(post.maker(), post.text())
                .update();
    }
}
