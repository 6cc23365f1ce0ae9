package io.cacheaside.test;

import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.Ticker;

class MemoryBatchInterleavingsTest extends BatchInterleavingsContract {

    private final MemorySlots slots = new MemorySlots(Ticker.system());

    @Override
    protected Slots connect() {
        return Slots.of(slots);
    }
}
