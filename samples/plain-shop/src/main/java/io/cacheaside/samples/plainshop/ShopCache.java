package io.cacheaside.samples.plainshop;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.TransactionBoundary;
import org.redisson.api.RedissonClient;

/**
 * The cache of this application: what a starter would wire elsewhere.
 *
 * @param binding sends the woven methods through the client
 */
record ShopCache(RedissonClient redis, RedissonSlots slots, CacheAsideClient client, CacheAsideWeaving binding)
        implements AutoCloseable {

    private static final String NAMESPACE = "plain-shop";

    /**
     * Binds the woven methods of this package to the Redis at {@code address}, which need not run yet; {@code
     * transactions} tells which calls are inside one.
     */
    static ShopCache open(String address, TransactionBoundary transactions, CacheListener listener) {
        RedissonClient redis = RedissonClients.create(RedissonSettings.of(address));
        RedissonSlots slots = RedissonSlots.open(redis, NAMESPACE, RedissonPolicy.DEFAULTS);
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(slots.store())
                .leases(slots.leases())
                .codec(KryoCodec.builder().build())
                .transactions(transactions)
                .listener(listener)
                .build();
        CacheAsideWeaving binding = CacheAsideWeaving.bind(client, ShopCache.class.getPackageName());
        return new ShopCache(redis, slots, client, binding);
    }

    @Override
    public void close() {
        binding.close();
        client.close();
        slots.close();
        redis.shutdown();
    }
}
