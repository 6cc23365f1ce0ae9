package io.cacheaside.test;

import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.Ticker;

class MemoryClientInvalidationTest extends ClientInvalidationContract {

    private final MemorySlots slots = new MemorySlots(Ticker.system());

    @Override
    protected Slots connect() {
        return Slots.of(slots);
    }
}
