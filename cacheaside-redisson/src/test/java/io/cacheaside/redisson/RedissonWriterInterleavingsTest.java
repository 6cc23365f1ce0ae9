package io.cacheaside.redisson;

import io.cacheaside.test.Slots;
import io.cacheaside.test.WriterInterleavingsContract;

/** The races on a real Redis. */
class RedissonWriterInterleavingsTest extends WriterInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
