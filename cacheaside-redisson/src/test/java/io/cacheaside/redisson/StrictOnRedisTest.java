package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.StrictWriteException;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.Slots;
import io.cacheaside.test.TestJvm;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Strict writes while their Redis is down, frozen or empty. */
class StrictOnRedisTest extends OwnRedis {

    private static final InvalidationPolicy STRICT = new InvalidationPolicy(true, Duration.ZERO, false);
    private static final String KEY = TestJvm.key("k");
    private static final String MARKS = "cacheaside:mark:{" + KEY + "}";

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slots = slots(RedissonSettings.of(redis.address()), RedissonPolicy.DEFAULTS);
    private final AtomicBoolean ran = new AtomicBoolean();

    private TestJvm jvm(Duration markTtl) {
        await("Redis answers", () -> !fails(slots.store().get("own:ready")));
        return closing(new TestJvm(
                new Slots(slots.store(), slots.leases()),
                TestJvm.settings(),
                CacheListener.none(),
                TransactionBoundary.none(),
                markTtl));
    }

    private void assertRefused(TestJvm jvm) {
        assertThatThrownBy(() -> jvm.write(KEY, STRICT, () -> {
                    ran.set(true);
                    return null;
                }))
                .isInstanceOf(StrictWriteException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("stopped before it happened");
        assertThat(ran).isFalse();
    }

    @Test
    void redisDown_theWriteFailsBeforeItHappened_andAPlainOneDoesNot() throws Throwable {
        TestJvm jvm = jvm(Duration.ofSeconds(30));
        redis.stop();
        assertRefused(jvm);
        jvm.write(KEY, InvalidationPolicy.PLAIN, () -> {
            ran.set(true);
            return null;
        });
        assertThat(ran).isTrue();
    }

    @Test
    void frozenRedis_theWriteFailsAndTheLateMarkIsDropped() {
        TestJvm jvm = jvm(Duration.ofSeconds(30));
        redis.freeze();
        assertRefused(jvm);
        redis.thaw();
        await("the mark is dropped", () -> redis.command("EXISTS", MARKS).equals(0L));
    }

    @Test
    void redisThatRestartsEmpty_isMarkedAgainWhileTheWriteGoesOn() throws Throwable {
        TestJvm jvm = jvm(Duration.ofSeconds(2));
        jvm.write(KEY, STRICT, () -> {
            assertThat(redis.command("EXISTS", MARKS)).isEqualTo(1L);
            redis.restart();
            await("the next prolongation", () -> redis.command("EXISTS", MARKS).equals(1L));
            return null;
        });
        await("the mark is dropped", () -> redis.command("EXISTS", MARKS).equals(0L));
    }
}
