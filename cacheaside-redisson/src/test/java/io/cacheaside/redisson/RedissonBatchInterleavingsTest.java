package io.cacheaside.redisson;

import io.cacheaside.test.BatchInterleavingsContract;
import io.cacheaside.test.Slots;

/** The races of batches on a real Redis. */
class RedissonBatchInterleavingsTest extends BatchInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
