package io.cacheaside.redisson;

import io.cacheaside.test.BatchContract;
import io.cacheaside.test.Slots;

/** Batches on a real Redis. */
class RedissonBatchTest extends BatchContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
