package io.cacheaside.redisson;

import io.cacheaside.test.FailoverInterleavingsContract;
import io.cacheaside.test.Slots;

/** The races on a real Redis. */
class RedissonFailoverInterleavingsTest extends FailoverInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
