package io.cacheaside.test;

class MemoryTouchTest extends TouchContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
