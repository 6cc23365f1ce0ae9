package io.cacheaside.redisson;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.Slots;
import io.cacheaside.test.TransactionInterleavingsContract;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.redisson.api.RedissonClient;

/** The races with transactions on a real Redis, each JVM of a race with a Redisson client of its own. */
class RedissonTransactionInterleavingsTest extends TransactionInterleavingsContract {

    private static final int JVMS = 2;
    private static final RedissonPolicy PATIENT = RedissonPolicy.DEFAULTS.withRead(Duration.ofSeconds(10));

    private static EmbeddedRedis redis;
    private static List<RedissonClient> clients;
    private static List<RedissonSlots> jvms;

    private int connected;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.start();
        clients = IntStream.range(0, JVMS)
                .mapToObj(i -> RedissonClients.create(RedissonSettings.of(redis.address())))
                .toList();
        jvms = clients.stream()
                .map(client -> Connected.connected(RedissonSlots.open(client, "test", PATIENT)))
                .toList();
    }

    @AfterAll
    static void stop() {
        jvms.forEach(RedissonSlots::close);
        clients.forEach(RedissonClient::shutdown);
        redis.close();
    }

    @Override
    protected Slots connect() {
        RedissonSlots jvm = jvms.get(connected++ % JVMS);
        return new Slots(jvm.store(), jvm.leases());
    }
}
