package io.cacheaside.test;

class MemoryTagsTest extends TagsContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
