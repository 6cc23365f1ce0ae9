package io.cacheaside.test;

class MemoryLeasesTest extends LeasesContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
