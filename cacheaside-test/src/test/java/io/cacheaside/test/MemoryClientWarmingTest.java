package io.cacheaside.test;

import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.Ticker;

class MemoryClientWarmingTest extends ClientWarmingContract {

    private final MemorySlots slots = new MemorySlots(Ticker.system());

    @Override
    protected Slots connect() {
        return Slots.of(slots);
    }
}
