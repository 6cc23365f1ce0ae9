package io.cacheaside.test;

class MemoryWakeUpTest extends WakeUpContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
