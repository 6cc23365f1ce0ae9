package io.cacheaside.redisson;

import io.cacheaside.test.SlotsUnderTest;
import io.cacheaside.test.TouchContract;

class RedissonTouchTest extends TouchContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }
}
