package io.cacheaside.redisson;

import io.cacheaside.test.Slots;
import io.cacheaside.test.ThroughInterleavingsContract;

/** The races on a real Redis. */
class RedissonThroughInterleavingsTest extends ThroughInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
