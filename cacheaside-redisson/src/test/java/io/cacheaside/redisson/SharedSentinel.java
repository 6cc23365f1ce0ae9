package io.cacheaside.redisson;

import io.cacheaside.test.SlotsUnderTest;

/** One master with replicas behind a sentinel, and one adapter, for all suites of this JVM. */
final class SharedSentinel {

    private static final SentinelRedis REDIS = new SentinelRedis();
    private static final RedissonSlots SLOTS = Connected.connected(
            RedissonSlots.open(RedissonClients.create(REDIS.settings()), "contract", OwnRedis.PATIENT));

    private SharedSentinel() {}

    static SentinelRedis redis() {
        return REDIS;
    }

    static SlotsUnderTest slots() {
        return new AdapterUnderTest(SLOTS);
    }
}
