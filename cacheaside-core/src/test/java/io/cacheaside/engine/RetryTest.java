package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {

    private final HandTimer timer = new HandTimer();
    private final Deque<CompletableFuture<Boolean>> attempts = new ArrayDeque<>();
    private boolean left = true;
    private final Retry retry = new Retry(timer, () -> left, () -> {
        CompletableFuture<Boolean> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    });

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private void attemptAndEnd(boolean achieved) {
        timer.elapse();
        attempts.removeFirst().complete(achieved);
    }

    @Test
    void fruitlessAttempts_pauseLongerUpToABound() {
        retry.soon();
        for (int i = 0; i < 7; i++) {
            attemptAndEnd(false);
        }
        assertThat(timer.pauses().stream().map(Duration::toMillis))
                .containsExactly(100L, 100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
    }

    @Test
    void attemptThatAchievedSomething_isFollowedAtOnce() {
        retry.soon();
        attemptAndEnd(false);
        attemptAndEnd(false);
        attemptAndEnd(true);
        attemptAndEnd(false);
        assertThat(timer.pauses().stream().map(Duration::toMillis)).containsExactly(100L, 100L, 200L, 0L, 100L);
    }

    @Test
    void nothingLeft_endsIt() {
        retry.soon();
        timer.elapse();
        left = false;
        attempts.removeFirst().complete(true);
        assertThat(timer.pauses()).hasSize(1);
        left = true;
        retry.soon();
        assertThat(timer.pauses()).hasSize(2);
    }

    @Test
    void now_doesNotWaitForTheRestOfAPause() {
        retry.soon();
        attemptAndEnd(false);
        attemptAndEnd(false);
        retry.now();
        timer.elapse();
        assertThat(attempts).hasSize(1);
        assertThat(timer.lastPause()).isZero();
    }

    @Test
    void nowDuringAnAttempt_isFollowedByAnother() {
        retry.soon();
        timer.elapse();
        retry.now();
        retry.soon();
        assertThat(attempts).as("one at a time").hasSize(1);
        attempts.removeFirst().complete(false);
        assertThat(timer.lastPause()).isZero();
        attemptAndEnd(false);
        assertThat(timer.lastPause()).isPositive();
    }

    @Test
    void attemptThatThrows_isTriedAgain() {
        Retry throwing = new Retry(timer, () -> left, () -> {
            throw new IllegalStateException("thrown by the test");
        });
        throwing.soon();
        timer.elapse();
        assertThat(timer.pauses()).hasSize(2);
    }
}
