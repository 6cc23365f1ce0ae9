package io.cacheaside.redisson;

import io.cacheaside.spi.WarmMark;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** The mark of one namespace in Redis, a key of its own. Of a cluster it is on one master, whose fate it tells. */
public final class RedissonWarmMark implements WarmMark {

    private static final Duration LIFETIME = Duration.ofDays(7);

    private final RBucket<String> mark;

    /** The mark of {@code namespace}; {@code client} stays the caller's. */
    public RedissonWarmMark(RedissonClient client, String namespace) {
        mark = client.getBucket("cacheaside:warm:{" + namespace + "}", StringCodec.INSTANCE);
    }

    @Override
    public CompletableFuture<Void> set() {
        return mark.setAsync("1", LIFETIME).toCompletableFuture();
    }

    @Override
    public CompletableFuture<Boolean> isSet() {
        return mark.expireAsync(LIFETIME).toCompletableFuture();
    }
}
