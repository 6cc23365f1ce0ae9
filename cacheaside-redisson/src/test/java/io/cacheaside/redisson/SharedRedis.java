package io.cacheaside.redisson;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.SlotsUnderTest;
import org.redisson.api.RedissonClient;

/** One Redis, one client and one adapter for all contract suites of this JVM. */
final class SharedRedis {

    private static final EmbeddedRedis REDIS = EmbeddedRedis.start();
    private static final RedissonClient CLIENT = RedissonClients.create(RedissonSettings.of(REDIS.address()));
    private static final RedissonSlots SLOTS =
            Connected.connected(RedissonSlots.open(CLIENT, "contract", OwnRedis.PATIENT));

    private SharedRedis() {}

    static SlotsUnderTest slots() {
        return new AdapterUnderTest(SLOTS);
    }
}
