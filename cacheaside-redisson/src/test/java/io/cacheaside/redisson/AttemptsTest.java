package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final AtomicInteger layout = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();

    /** Work whose attempts change the layout, or fail, as told by their number. */
    private CompletableFuture<Void> run(IntPredicate changes, IntPredicate fails) {
        return new Attempts("the work", () -> CompletableFuture.completedFuture(layout.get()), () -> {
                    int number = attempts.incrementAndGet();
                    if (changes.test(number)) {
                        layout.incrementAndGet();
                    }
                    return fails.test(number)
                            ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
                            : CompletableFuture.completedFuture(null);
                })
                .start();
    }

    @Test
    void nothingChanges_isOneAttempt() {
        assertThat(run(number -> false, number -> false)).isCompleted();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void change_makesItBeginAgainWhetherItFailedOrNot() {
        assertThat(run(number -> number < 3, number -> number == 2)).isCompleted();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void failureWithoutAChange_isTold() {
        assertThat(OwnRedis.failure(run(number -> false, number -> true))).hasMessage("no answer");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void changeInEachAttempt_isGivenUp() {
        assertThat(OwnRedis.failure(run(number -> true, number -> false)))
                .hasMessage("The masters of Redis, or their slots, have changed during each of 3 attempts at the work");
        assertThat(attempts).hasValue(3);
    }
}
