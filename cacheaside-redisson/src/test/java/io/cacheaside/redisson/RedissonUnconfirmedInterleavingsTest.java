package io.cacheaside.redisson;

import io.cacheaside.test.Slots;
import io.cacheaside.test.UnconfirmedInterleavingsContract;

/** The races on a real Redis. */
class RedissonUnconfirmedInterleavingsTest extends UnconfirmedInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
