package io.cacheaside.test;

class MemoryReplaceTest extends ReplaceContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
