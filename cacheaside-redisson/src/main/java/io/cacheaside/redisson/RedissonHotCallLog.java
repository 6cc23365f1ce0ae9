package io.cacheaside.redisson;

import io.cacheaside.spi.HotCallLog;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchResult;
import org.redisson.api.RBatch;
import org.redisson.api.RScoredSortedSetAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.ScoredEntry;

/** The hot calls of one namespace in Redis: a sorted set for each cache and day, the counts as scores. */
public final class RedissonHotCallLog implements HotCallLog {

    private final RedissonClient client;
    private final String namespace;

    /** The record of {@code namespace}; {@code client} stays the caller's. */
    public RedissonHotCallLog(RedissonClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public CompletableFuture<Void> add(String cache, LocalDate day, Map<String, Long> reads, int most, Duration keep) {
        RBatch batch = client.createBatch(BatchOptions.defaults());
        RScoredSortedSetAsync<String> set = set(batch, cache, day);
        reads.forEach((call, count) -> set.addScoreAsync(call, count));
        set.removeRangeByRankAsync(0, -most - 1);
        set.expireAsync(keep);
        return batch.executeAsync().toCompletableFuture().thenApply(done -> null);
    }

    @Override
    public CompletableFuture<List<String>> hottest(String cache, Collection<LocalDate> days, int most) {
        RBatch batch = client.createBatch(BatchOptions.defaults());
        days.forEach(day -> set(batch, cache, day).entryRangeReversedAsync(0, most - 1));
        return batch.executeAsync().toCompletableFuture().thenApply(result -> top(result, most));
    }

    private static List<String> top(BatchResult<?> result, int most) {
        Map<String, Double> sums = new HashMap<>();
        for (Object day : result.getResponses()) {
            for (Object entry : (Collection<?>) day) {
                ScoredEntry<?> call = (ScoredEntry<?>) entry;
                sums.merge((String) call.getValue(), call.getScore(), Double::sum);
            }
        }
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All days of a cache hash to one slot. */
    private RScoredSortedSetAsync<String> set(RBatch batch, String cache, LocalDate day) {
        return batch.getScoredSortedSet(
                "cacheaside:hot:{" + namespace + ":" + cache + "}:" + day, StringCodec.INSTANCE);
    }
}
