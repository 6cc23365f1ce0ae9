package io.cacheaside.redisson;

import io.cacheaside.test.JournalInterleavingsContract;
import io.cacheaside.test.Slots;

/** The races on a real Redis. */
class RedissonJournalInterleavingsTest extends JournalInterleavingsContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
