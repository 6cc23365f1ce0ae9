package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A batch whose common answer is lost or makes no sense. */
class BatchTroubleTest extends OwnRedis {

    private static final String STORED = "own:stored";
    private static final String FREE = "own:free";
    /** What a connection takes along when it ends is given up after a moment. */
    private static final RedissonPolicy SHORT =
            new RedissonPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), LONG, LONG, Duration.ofSeconds(1));

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots others = slots(redis);
    private volatile UnaryOperator<@Nullable String> trouble = command -> null;

    private RedissonSlots slots() throws IOException {
        ScriptedRedis way = closing(new ScriptedRedis(redis.port(), request -> trouble.apply(request.get(0))));
        RedissonSlots slots = Connected.connected(slots(RedissonSettings.of(way.address()), SHORT));
        answer(slots.store().get("own:warm-up"));
        return slots;
    }

    private static List<CompletableFuture<LeaseAttempt>> acquire(RedissonSlots slots) {
        List<Claim> claims = List.of(new Claim(STORED, holder()), new Claim(FREE, holder()));
        return slots.leases().acquireAll(claims, LONG, true);
    }

    @Test
    void leasesOfABatchInWhichAValueCannotBeTrusted_areFreed() throws IOException {
        put(others, STORED, "value");
        RedissonSlots slots = slots();
        trouble = command -> List.of("GET", "INFO").contains(command) ? ScriptedRedis.HANG_UP : null;
        assertThat(fails(slots.store().get(STORED)))
                .as("over another connection perhaps another run answers")
                .isTrue();
        assertThat(acquire(slots))
                .allSatisfy(attempt -> assertThat(fails(attempt)).isTrue());
        await(
                "the lease is free",
                () -> answer(others.leases().acquire(FREE, holder(), LONG, true)) instanceof LeaseAttempt.Taken);
    }

    @Test
    void fewerAnswersThanKeys_failAll() throws IOException {
        RedissonSlots slots = slots();
        trouble = command -> command.startsWith("EVAL") ? "*1\r\n:-1\r\n" : null;
        assertThat(acquire(slots))
                .allSatisfy(attempt ->
                        assertThat(failure(attempt)).hasMessage("Redis has given 1 answers to a script of 2 keys"));
    }
}
