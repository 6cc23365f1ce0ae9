package io.cacheaside.verification.history.documents;

import java.time.Duration;
import java.util.Map;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;

/**
 * Cached as one does it by hand with Redisson: get, else load and set; delete after the write, and after the commit. Its
 * transactions do not read their own rows through the cache.
 */
public final class ByHandDocuments implements Documents {

    private static final Duration TTL = Duration.ofMinutes(10);

    private final RedissonClient redisson;
    private final Transactions transactions;
    private final Rows rows;

    /** Documents in {@code rows}; {@code redisson} stays the caller's. */
    public ByHandDocuments(RedissonClient redisson, Transactions transactions, Rows rows) {
        this.redisson = redisson;
        this.transactions = transactions;
        this.rows = rows;
    }

    private RBucket<Document> bucket(int id) {
        return redisson.getBucket("by-hand:" + id);
    }

    @Override
    public Document read(int id) {
        RBucket<Document> bucket = bucket(id);
        Document cached = bucket.get();
        if (cached != null) {
            return cached;
        }
        Document document = rows.find(id);
        bucket.set(document, TTL);
        return document;
    }

    @Override
    public Map<Integer, Integer> change(int id, Way way) {
        int version =
                way == Way.PLAIN ? rows.raise(id) : transactions.change(way != Way.ROLLED_BACK, () -> rows.raise(id));
        if (version != Transactions.NOTHING) {
            bucket(id).delete();
        }
        return Transactions.versions(id, version);
    }

    @Override
    public void tour(int first, int second) {
        transactions.tour(rows, first, second);
    }

    @Override
    public void close() {}
}
