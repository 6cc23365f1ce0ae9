package io.cacheaside.redisson;

import io.cacheaside.test.NestedLoadsContract;
import io.cacheaside.test.Slots;

/** The races on a real Redis. */
class RedissonNestedLoadsTest extends NestedLoadsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
