package io.cacheaside.verification.history.documents;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import io.lettuce.core.RedisClient;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Cached by JetCache on Lettuce, with its protection against several loads in one JVM; removed after the write, and after
 * the commit. Its transactions do not read their own rows through the cache.
 */
public final class JetCacheDocuments implements Documents {

    private final RedisClient redis;
    private final Cache<String, Document> cache;
    private final Transactions transactions;
    private final Rows rows;

    /** A cache on the Redis at {@code address}. */
    public JetCacheDocuments(String address, Transactions transactions, Rows rows) {
        this.redis = RedisClient.create(address);
        this.transactions = transactions;
        this.rows = rows;
        this.cache = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(redis)
                .keyPrefix("jetcache:")
                .valueEncoder(JavaValueEncoder.INSTANCE)
                .valueDecoder(JavaValueDecoder.INSTANCE)
                .expireAfterWrite(10, TimeUnit.MINUTES)
                .cachePenetrateProtect(true)
                .buildCache();
    }

    @Override
    public Document read(int id) {
        return cache.computeIfAbsent("" + id, key -> rows.find(id));
    }

    @Override
    public Map<Integer, Integer> change(int id, Way way) {
        int version =
                way == Way.PLAIN ? rows.raise(id) : transactions.change(way != Way.ROLLED_BACK, () -> rows.raise(id));
        if (version != Transactions.NOTHING) {
            cache.remove("" + id);
        }
        return Transactions.versions(id, version);
    }

    @Override
    public void tour(int first, int second) {
        transactions.tour(rows, first, second);
    }

    @Override
    public void close() {
        cache.close();
        redis.shutdown();
    }
}
