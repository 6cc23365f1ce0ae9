package io.cacheaside.redisson;

import io.cacheaside.test.EarlyRefreshContract;
import io.cacheaside.test.Slots;

/** The races on a real Redis. */
class RedissonEarlyRefreshTest extends EarlyRefreshContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
