package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RefreshesTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InheritableThreadLocal<@Nullable String> REQUEST = new InheritableThreadLocal<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Refreshes refreshes = new Refreshes(2, UnaryOperator.identity(), timer);
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch running = new CountDownLatch(2);

    @AfterEach
    void close() {
        open.countDown();
        refreshes.close(LONG);
        timer.shutdownNow();
    }

    private void stand() {
        running.countDown();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int fillUp() {
        int accepted = 0;
        while (refreshes.submit(this::stand)) {
            accepted++;
        }
        return accepted;
    }

    @Test
    void moreThanCanWait_isRejected() {
        assertThat(fillUp()).isEqualTo(1_002);
        assertThat(refreshes.submit(() -> {})).isFalse();
    }

    @Test
    void attemptOfAKey_keepsOthersOfItOutUntilItHasEnded() {
        assertThat(refreshes.begin("a")).isTrue();
        assertThat(refreshes.begin("a")).isFalse();
        assertThat(refreshes.begin("b")).isTrue();
        refreshes.ended("a", Duration.ZERO);
        assertThat(refreshes.begin("a")).isTrue();
    }

    @Test
    void attemptThatCameToNothing_keepsOthersOutForAPause() throws Exception {
        refreshes.begin("a");
        refreshes.begin("b");
        refreshes.ended("a", Duration.ofDays(1));
        refreshes.ended("b", Duration.ofMillis(1));
        assertThat(refreshes.begin("a")).isFalse();
        timer.schedule(() -> {}, 2, TimeUnit.MILLISECONDS).get();
        assertThat(refreshes.begin("b")).isTrue();
    }

    @Test
    void thread_hasTheCallersClassLoaderAndNothingElseOfIt() throws Exception {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Thread.currentThread().setContextClassLoader(loader);
            REQUEST.set("POST /orders");
            CompletableFuture<Thread> seen = new CompletableFuture<>();
            CompletableFuture<String> request = new CompletableFuture<>();
            refreshes.submit(() -> {
                seen.complete(Thread.currentThread());
                request.complete(String.valueOf(REQUEST.get()));
            });
            assertThat(seen.get().getContextClassLoader()).isSameAs(loader);
            assertThat(seen.get().isDaemon()).isTrue();
            assertThat(request.get()).isEqualTo("null");
        } finally {
            Thread.currentThread().setContextClassLoader(own);
            REQUEST.remove();
        }
    }

    @Test
    void close_letsWhatRunsEndAndDropsWhatWaits() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            refreshes.submit(() -> {
                stand();
                ended.incrementAndGet();
            });
        }
        running.await();
        Thread opener = new Thread(open::countDown);
        opener.start();
        refreshes.close(LONG);
        assertThat(ended.get()).isBetween(2, 10);
        assertThat(refreshes.submit(() -> {})).isFalse();
    }

    @Test
    void close_interruptsWhatRunsOn() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        for (int i = 0; i < 2; i++) {
            refreshes.submit(() -> {
                stand();
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
        }
        running.await();
        refreshes.close(Duration.ofMillis(1));
        assertThat(interrupted.get()).isTrue();
    }
}
