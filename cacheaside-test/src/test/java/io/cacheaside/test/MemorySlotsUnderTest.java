package io.cacheaside.test;

import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import java.time.Duration;

/** In-memory slots whose clock stands still until a test lets time pass. */
final class MemorySlotsUnderTest implements SlotsUnderTest {

    private final StepTicker ticker = new StepTicker();
    private final MemorySlots slots = new MemorySlots(ticker);

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
        ticker.step(time);
    }
}
