package io.cacheaside.redisson;

import io.cacheaside.test.MarksContract;
import io.cacheaside.test.SlotsUnderTest;

class RedissonMarksTest extends MarksContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }
}
