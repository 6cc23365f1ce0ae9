package io.cacheaside.redisson;

import io.cacheaside.test.SlidingContract;
import io.cacheaside.test.Slots;

/** Sliding values on a real Redis. */
class RedissonSlidingTest extends SlidingContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
