package io.cacheaside.benchmarks;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import java.time.Duration;
import java.util.List;
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
        this(address, RedissonPolicy.DEFAULTS, CacheSettings.NONE);
    }

    /** On a machine that has other work, too. */
    static Cached patient(String address) {
        Duration patience = Duration.ofSeconds(10);
        return new Cached(
                address,
                new RedissonPolicy(patience, patience, patience, patience, Duration.ofSeconds(1)),
                CacheSettings.builder()
                        .readTimeout(patience)
                        .leaseTimeout(patience)
                        .fillTimeout(patience)
                        .build());
    }

    private Cached(String address, RedissonPolicy policy, CacheSettings settings) {
        redisson = RedissonClients.create(RedissonSettings.of(address));
        slots = RedissonSlots.open(redisson, NAMESPACE, policy);
        client = CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(slots.store())
                .leases(slots.leases())
                .codec(KryoCodec.builder().build())
                .cache("product", settings)
                .build();
        weaving = CacheAsideWeaving.bind(client, Products.class.getPackageName());
    }

    /** Returns when values are stored: until the client has checked Redis, none is. */
    void warmUp() throws InterruptedException {
        slots.awaitServing(Duration.ofSeconds(10));
        for (long id = -1; products.calls.sum() < 100; id--) {
            products.findAll(List.of(id, id - 1));
        }
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
