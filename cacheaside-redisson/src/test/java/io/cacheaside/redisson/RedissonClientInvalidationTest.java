package io.cacheaside.redisson;

import io.cacheaside.test.ClientInvalidationContract;
import io.cacheaside.test.Slots;

class RedissonClientInvalidationTest extends ClientInvalidationContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
