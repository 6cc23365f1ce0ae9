package io.cacheaside.benchmarks;

import io.cacheaside.codec.KryoCodec;
import io.cacheaside.spi.ValueCodec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.Config;

/**
 * What one would write with Redisson alone: its client as it comes, a bucket a key, the value coded as the cache codes
 * it, without frame, lease or fence.
 */
final class ByHand implements AutoCloseable {

    private static final Duration TTL = Duration.ofMinutes(10);

    private final ValueCodec codec = KryoCodec.builder().build();
    private final ValueCodec.ValueFormat format = codec.formatOf(Product.class);
    private final ValueCodec.ValueFormat textFormat = codec.formatOf(String.class);
    private final RedissonClient redisson;

    ByHand(String address) {
        Config config = new Config();
        config.useSingleServer().setAddress(address);
        redisson = Redisson.create(config);
    }

    private RBucket<byte[]> bucket(String key) {
        return redisson.getBucket(key, ByteArrayCodec.INSTANCE);
    }

    /** GET and decode; {@code skip} bytes of the cache's frame stand before the value. */
    Object get(String key, int skip) {
        byte[] bytes = bucket(key).get();
        return format.decode(bytes, skip, bytes.length - skip);
    }

    /** The same for a text. */
    Object getText(String key, int skip) {
        byte[] bytes = bucket(key).get();
        return textFormat.decode(bytes, skip, bytes.length - skip);
    }

    Object getOrSet(String key, long id) {
        RBucket<byte[]> bucket = bucket(key);
        byte[] bytes = bucket.get();
        if (bytes != null) {
            return format.decode(bytes, 0, bytes.length);
        }
        Product product = Product.of(id);
        bucket.set(format.encode(product), TTL);
        return product;
    }

    /** MGET and decode; a pipeline of SETs for what is not there. */
    Map<Long, Object> findAll(List<Long> ids) {
        Map<String, byte[]> found = redisson.getBuckets(ByteArrayCodec.INSTANCE)
                .get(ids.stream().map(ByHand::key).toArray(String[]::new));
        Map<Long, Object> products = new LinkedHashMap<>();
        RBatch sets = redisson.createBatch();
        for (Long id : ids) {
            byte[] bytes = found.get(key(id));
            if (bytes == null) {
                Product product = Product.of(id);
                products.put(id, product);
                sets.getBucket(key(id), ByteArrayCodec.INSTANCE).setAsync(format.encode(product), TTL);
            } else {
                products.put(id, format.decode(bytes, 0, bytes.length));
            }
        }
        if (found.size() < ids.size()) {
            sets.execute();
        }
        return products;
    }

    private static String key(long id) {
        return "hand:product:" + id;
    }

    boolean delete(String key) {
        return bucket(key).delete();
    }

    byte[] bytes(String key) {
        return bucket(key).get();
    }

    @Override
    public void close() {
        redisson.shutdown();
    }
}
