package io.cacheaside.redisson;

import io.cacheaside.test.SlotsUnderTest;
import io.cacheaside.test.VersionsContract;

class RedissonVersionsTest extends VersionsContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }
}
