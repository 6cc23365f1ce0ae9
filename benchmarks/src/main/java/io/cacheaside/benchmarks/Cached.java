package io.cacheaside.benchmarks;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import org.redisson.api.RedissonClient;

/** The annotated service on the cache, everything at its defaults. */
final class Cached implements AutoCloseable {

    private static final String NAMESPACE = "bench";

    private final RedissonClient redisson;
    private final RedissonSlots slots;
    private final CacheAsideClient client;
    private final CacheAsideWeaving weaving;

    /** Annotated, woven, bound. */
    final Products products = new Products();

    Cached(String address) {
        redisson = RedissonClients.create(RedissonSettings.of(address));
        slots = RedissonSlots.open(redisson, NAMESPACE, RedissonPolicy.DEFAULTS);
        client = CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(slots.store())
                .leases(slots.leases())
                .codec(KryoCodec.builder().build())
                .build();
        weaving = CacheAsideWeaving.bind(client, Products.class.getPackageName());
    }

    static String key(long id) {
        return NAMESPACE + ":product:" + id;
    }

    static String textKey(long id) {
        return NAMESPACE + ":text:" + id;
    }

    @Override
    public void close() {
        weaving.close();
        client.close();
        slots.close();
        redisson.shutdown();
    }
}
