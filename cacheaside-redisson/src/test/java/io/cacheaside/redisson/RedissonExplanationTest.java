package io.cacheaside.redisson;

import io.cacheaside.test.ExplanationContract;
import io.cacheaside.test.Slots;

/** Peeks and explanations on a real Redis. */
class RedissonExplanationTest extends ExplanationContract {

    @Override
    protected Slots connect() {
        return RaceRedis.connect();
    }
}
