package io.cacheaside.verification.history.documents;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Cached by Spring's annotations on Spring Data Redis, evicted after the commit ({@code transactionAware}). Its
 * transactions do not read their own rows through the cache.
 */
public final class SpringCacheDocuments implements Documents {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Cached cached;
    private final Transactions transactions;
    private final Rows rows;

    /** Opens the context on the Redis at {@code address}. */
    public SpringCacheDocuments(String address, Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
        URI server = URI.create(address);
        context.registerBean(
                RedisConnectionFactory.class, () -> new LettuceConnectionFactory(server.getHost(), server.getPort()));
        context.registerBean(Cached.class, () -> new Cached(rows));
        context.register(Caching.class);
        context.refresh();
        cached = context.getBean(Cached.class);
    }

    @Override
    public Document read(int id) {
        return cached.read(id);
    }

    @Override
    public Map<Integer, Integer> change(int id, Way way) {
        return Transactions.versions(
                id,
                way == Way.PLAIN
                        ? cached.change(id)
                        : transactions.change(way != Way.ROLLED_BACK, () -> cached.change(id)));
    }

    @Override
    public void tour(int first, int second) {
        transactions.tour(rows, first, second);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Caching {

        @Bean
        CacheManager caches(RedisConnectionFactory redis) {
            return RedisCacheManager.builder(redis)
                    .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(Duration.ofMinutes(10)))
                    .transactionAware()
                    .build();
        }
    }

    /** The annotated service. Spring makes a subclass of it. */
    static class Cached {

        private final Rows rows;

        Cached(Rows rows) {
            this.rows = rows;
        }

        @Cacheable(cacheNames = "spring-document", key = "#id")
        public Document read(int id) {
            return rows.find(id);
        }

        @CacheEvict(cacheNames = "spring-document", key = "#id")
        public int change(int id) {
            return rows.raise(id);
        }
    }
}
