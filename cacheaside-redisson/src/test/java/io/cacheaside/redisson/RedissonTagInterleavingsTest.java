package io.cacheaside.redisson;

import io.cacheaside.test.Slots;
import io.cacheaside.test.TagInterleavingsContract;

/** The races on a real Redis. */
class RedissonTagInterleavingsTest extends TagInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
