package io.cacheaside.test;

class MemoryWholeCacheTest extends WholeCacheContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
