package io.cacheaside.redisson;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import io.cacheaside.test.SlotsUnderTest;
import java.time.Duration;

/** An adapter on a server whose clock nobody steps. */
record AdapterUnderTest(RedissonSlots slots) implements SlotsUnderTest {

    @Override
    public CacheStore store() {
        return slots.store();
    }

    @Override
    public Leases leases() {
        return slots.leases();
    }

    @Override
    public void elapse(Duration time) {
        // the suites await what follows
    }
}
