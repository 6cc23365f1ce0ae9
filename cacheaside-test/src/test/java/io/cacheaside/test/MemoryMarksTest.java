package io.cacheaside.test;

class MemoryMarksTest extends MarksContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
