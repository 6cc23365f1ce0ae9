package io.cacheaside.test;

class MemoryCacheStoreTest extends CacheStoreContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return new MemorySlotsUnderTest();
    }
}
