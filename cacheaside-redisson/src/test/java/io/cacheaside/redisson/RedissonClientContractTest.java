package io.cacheaside.redisson;

import io.cacheaside.test.ClientContract;
import io.cacheaside.test.Slots;

/** The calls without annotations on a real Redis. */
class RedissonClientContractTest extends ClientContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
