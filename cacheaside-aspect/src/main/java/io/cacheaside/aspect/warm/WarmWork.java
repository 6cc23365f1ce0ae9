package io.cacheaside.aspect.warm;

import io.cacheaside.hot.WarmThread;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Threads that make calls until all are made or they are stopped: at most so many are begun in a second and so many load at
 * once. There are more threads than that, so that the trips to the store of some go on while others load.
 */
final class WarmWork {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** A period of the limiter is about this long, so that the calls of a second do not come at once. */
    private static final int PERIODS_PER_SECOND = 100;

    private static final int THREADS_PER_LOAD = 2;

    private final List<Runnable> calls;
    private final long end;
    private final @Nullable RateLimiter limiter;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch working;
    private final List<WarmThread> threads;
    private volatile boolean stopped;

    /** {@code end} is when the time is over, by the JVM's clock in nanoseconds. */
    WarmWork(List<Runnable> calls, WarmPolicy policy, long end) {
        this.calls = calls;
        this.end = end;
        this.limiter = policy.rate() == 0 ? null : limiter(policy.rate(), policy.timeout());
        int workers = Math.min(THREADS_PER_LOAD * policy.concurrency(), calls.size());
        Semaphore turns = new Semaphore(policy.concurrency());
        this.working = new CountDownLatch(workers);
        this.threads = IntStream.rangeClosed(1, workers)
                .mapToObj(number -> new WarmThread(this::work, "cacheaside-warm-" + number, turns))
                .toList();
    }

    private static RateLimiter limiter(int rate, Duration timeout) {
        int perPeriod = Math.max(1, rate / PERIODS_PER_SECOND);
        return RateLimiter.of(
                "cacheaside-warm",
                RateLimiterConfig.custom()
                        .limitForPeriod(perPeriod)
                        .limitRefreshPeriod(Duration.ofNanos(perPeriod * NANOS_PER_SECOND / rate))
                        .timeoutDuration(timeout)
                        .build());
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** True once no thread works any more; false where that took longer than {@code bound}. */
    boolean await(Duration bound) throws InterruptedException {
        return working.await(bound.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Calls that returned or threw. */
    int made() {
        return made.get();
    }

    /** No more calls are begun. */
    void stop() {
        stopped = true;
    }

    /** As {@link #stop}, and calls that are under way are interrupted. */
    void interrupt() {
        stopped = true;
        threads.forEach(Thread::interrupt);
    }

    private void work() {
        try {
            for (int i = next.getAndIncrement(); i < calls.size() && mayBegin(); i = next.getAndIncrement()) {
                calls.get(i).run();
                made.incrementAndGet();
            }
        } finally {
            working.countDown();
        }
    }

    private boolean mayBegin() {
        return !isOver() && (limiter == null || limiter.acquirePermission() && !isOver());
    }

    private boolean isOver() {
        return stopped || System.nanoTime() - end >= 0;
    }
}
