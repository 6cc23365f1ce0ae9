package io.cacheaside.redisson;

import io.cacheaside.test.InterleavingsContract;
import io.cacheaside.test.Slots;

/** The races on a real Redis. */
class RedissonInterleavingsTest extends InterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
