package io.cacheaside.redisson;

import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.Slots;
import io.cacheaside.test.SlotsUnderTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.redisson.api.RedissonClient;

/** One cluster of three masters and three replicas for all suites of this JVM, and the adapters of three JVMs on it. */
final class SharedCluster {

    private static final int JVMS = 3;
    private static final int KEYS_ON_ALL_MASTERS = 60;

    private static final EmbeddedCluster CLUSTER = EmbeddedCluster.start(3, 1);
    private static final RedissonSlots SLOTS = open("contract");
    private static final List<RedissonSlots> RACERS =
            IntStream.range(0, JVMS).mapToObj(i -> open("test")).toList();
    private static final AtomicInteger CONNECTED = new AtomicInteger();

    private SharedCluster() {}

    static EmbeddedCluster cluster() {
        return CLUSTER;
    }

    private static RedissonSlots open(String namespace) {
        RedissonClient client = RedissonClients.create(RedissonSettings.ofCluster(CLUSTER.addresses()));
        RedissonSlots slots = Connected.connected(RedissonSlots.open(client, namespace, OwnRedis.PATIENT));
        // at its first contact with a master an adapter doubts the removals that it has sent there before
        IntStream.range(0, KEYS_ON_ALL_MASTERS)
                .forEach(i -> OwnRedis.answer(slots.store().get("contract:master:" + i)));
        return slots;
    }

    /** For the suites of the ports. */
    static SlotsUnderTest slots() {
        return new AdapterUnderTest(SLOTS);
    }

    /** For races: the adapters in turns. */
    static Slots connect() {
        RedissonSlots adapter = RACERS.get(CONNECTED.getAndIncrement() % JVMS);
        return new Slots(adapter.store(), adapter.leases());
    }
}
