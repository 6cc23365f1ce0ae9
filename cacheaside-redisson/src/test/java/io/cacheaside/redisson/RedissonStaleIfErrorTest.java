package io.cacheaside.redisson;

import io.cacheaside.test.Slots;
import io.cacheaside.test.StaleIfErrorContract;

/** The races on a real Redis. */
class RedissonStaleIfErrorTest extends StaleIfErrorContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
