package io.cacheaside.redisson;

import io.cacheaside.test.ReplaceContract;
import io.cacheaside.test.SlotsUnderTest;

class RedissonReplaceTest extends ReplaceContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }
}
