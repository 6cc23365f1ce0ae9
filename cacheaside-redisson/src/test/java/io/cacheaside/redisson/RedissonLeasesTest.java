package io.cacheaside.redisson;

import io.cacheaside.test.LeasesContract;
import io.cacheaside.test.SlotsUnderTest;

class RedissonLeasesTest extends LeasesContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }
}
