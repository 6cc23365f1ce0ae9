package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.Gate;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.Slots;
import io.cacheaside.test.TestJvm;
import io.cacheaside.test.VersionedSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A breaker that opens and closes while invalidations are pending. */
class JournalOnRedisTest extends OwnRedis {

    private static final String KEY = TestJvm.key("k");
    private static final RedissonPolicy POLICY = PATIENT.withRead(Duration.ofMillis(100));

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slotsOfA = Connected.connected(slots(RedissonSettings.of(redis.address()), POLICY));
    private final RedissonSlots slotsOfB = slots(redis);
    private final TestJvm a = jvm(slotsOfA);
    private final TestJvm b = jvm(slotsOfB);
    private final VersionedSource source = new VersionedSource();

    private TestJvm jvm(RedissonSlots slots) {
        return closing(new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings()));
    }

    private String readAtA() throws Throwable {
        return String.valueOf(a.read(KEY, source.loader()));
    }

    private boolean isRefused() {
        Throwable failure =
                slotsOfA.store().get(KEY).handle((value, thrown) -> thrown).join();
        return failure != null && String.valueOf(failure.getMessage()).contains("is not asked");
    }

    @Test
    void breakerThatOpensAndCloses_servesNoPendingKeyAndReplaysAtOnce() throws Throwable {
        assertThat(b.read(KEY, source.loader())).isEqualTo("v1");
        await("the value is stored", () -> stored(slotsOfB.store(), KEY) != null);
        a.gates().loseRequest(Operation.INVALIDATE);
        Gate replay = a.gates().holdAllBeforeSend(Operation.INVALIDATE);
        source.commit();
        a.invalidate(KEY);
        redis.freeze();
        await("the breaker opens", this::isRefused);
        assertThat(readAtA()).isEqualTo("v2");
        redis.thaw();
        await("the breaker closes", () -> !isRefused());
        assertThat(readAtA()).as("before the replay").isEqualTo("v2");
        assertThat(b.read(KEY, source.loader())).as("another JVM").isEqualTo("v1");
        assertThat(a.hits()).isZero();
        replay.awaitArrival();
        replay.open();
        await("the replay", () -> a.invalidated() == 1);
        assertThat(readAtA()).isEqualTo("v2");
        assertThat(b.read(KEY, source.loader())).isEqualTo("v2");
    }

    @Test
    void breakerThatCloses_replaysWithoutTheRestOfAPause() throws Throwable {
        assertThat(b.read(KEY, source.loader())).isEqualTo("v1");
        await("the value is stored", () -> stored(slotsOfB.store(), KEY) != null);
        redis.freeze();
        source.commit();
        a.gates().cutOff(key -> true);
        a.invalidate(KEY);
        await("some retries", () -> a.gates().answered(Operation.INVALIDATE) >= 3);
        await("the breaker opens", this::isRefused);
        int before = a.gates().answered(Operation.INVALIDATE);
        a.gates().reconnect(false);
        redis.thaw();
        await("the replay", () -> a.invalidated() == 1);
        assertThat(a.gates().answered(Operation.INVALIDATE)).isLessThanOrEqualTo(before + 3);
        assertThat(b.read(KEY, source.loader())).isEqualTo("v2");
    }
}
