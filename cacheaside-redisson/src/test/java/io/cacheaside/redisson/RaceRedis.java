package io.cacheaside.redisson;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.Slots;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** One Redis for all races of this JVM, and the adapters of three JVMs, each with a Redisson client of its own. */
final class RaceRedis {

    private static final int JVMS = 3;
    private static final RedissonPolicy PATIENT = RedissonPolicy.DEFAULTS.withRead(Duration.ofSeconds(10));

    private static final EmbeddedRedis REDIS = EmbeddedRedis.start();
    private static final List<RedissonSlots> ADAPTERS =
            IntStream.range(0, JVMS).mapToObj(i -> open()).toList();
    private static final AtomicInteger CONNECTED = new AtomicInteger();

    private RaceRedis() {}

    private static RedissonSlots open() {
        return Connected.connected(
                RedissonSlots.open(RedissonClients.create(RedissonSettings.of(REDIS.address())), "test", PATIENT));
    }

    /** The adapters in turns. */
    static Slots connect() {
        RedissonSlots adapter = ADAPTERS.get(CONNECTED.getAndIncrement() % JVMS);
        return new Slots(adapter.store(), adapter.leases());
    }
}
