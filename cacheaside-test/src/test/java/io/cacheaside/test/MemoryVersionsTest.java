package io.cacheaside.test;

class MemoryVersionsTest extends VersionsContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
