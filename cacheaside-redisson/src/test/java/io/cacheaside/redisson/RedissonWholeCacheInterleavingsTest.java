package io.cacheaside.redisson;

import io.cacheaside.test.Slots;
import io.cacheaside.test.WholeCacheInterleavingsContract;

/** The races on a real Redis. */
class RedissonWholeCacheInterleavingsTest extends WholeCacheInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
