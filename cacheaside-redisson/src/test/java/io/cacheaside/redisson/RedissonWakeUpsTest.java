package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;

import io.cacheaside.test.SlotsUnderTest;
import io.cacheaside.test.WakeUpContract;
import java.time.Duration;

class RedissonWakeUpsTest extends WakeUpContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }

    @Override
    protected void awaitWakeUps() {
        await("the subscription works", () -> leases().longestWait().compareTo(Duration.ofMillis(100)) > 0);
    }
}
