package io.cacheaside.redisson;

import io.cacheaside.test.BackgroundInterleavingsContract;
import io.cacheaside.test.Slots;

/** The races on a real Redis. */
class RedissonBackgroundInterleavingsTest extends BackgroundInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
