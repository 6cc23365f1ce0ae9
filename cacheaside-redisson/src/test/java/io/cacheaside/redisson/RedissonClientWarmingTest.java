package io.cacheaside.redisson;

import io.cacheaside.test.ClientWarmingContract;
import io.cacheaside.test.Slots;

class RedissonClientWarmingTest extends ClientWarmingContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
