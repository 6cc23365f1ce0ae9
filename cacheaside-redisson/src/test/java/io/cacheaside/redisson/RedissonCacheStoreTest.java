package io.cacheaside.redisson;

import io.cacheaside.test.CacheStoreContract;
import io.cacheaside.test.SlotsUnderTest;

class RedissonCacheStoreTest extends CacheStoreContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }
}
