package io.cacheaside.aspect.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.aspect.warm.WarmReport.End;
import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One run over all sources: what it calls, how fast, what it tells, and when it ends. */
class CacheWarmerTest extends WarmedShop {

    @Test
    void warmedEntries_areHits() {
        WarmReport report = CacheWarmer.builder()
                .source("ids", WarmSource.of(WarmCall.of(shop, "find"), ids(1, 20)))
                .policy(WarmPolicy.DEFAULTS.withConcurrency(3))
                .build()
                .warm();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.succeeded()).isEqualTo(20);
        int loads = rows.reads();
        assertThat(loads).isEqualTo(20);
        shop.find(7);
        assertThat(rows.reads()).isEqualTo(loads);
        assertThat(events.all()).endsWith("hit product");
    }

    @Test
    void sourceThatFailsHalfWay_isReported_andTheRestGoesOn() {
        WarmCall find = WarmCall.of(shop, "find");
        WarmReport report = CacheWarmer.builder()
                .source("torn", calls -> {
                    calls.add(find, new Object[] {1L});
                    throw new IllegalStateException("the cable");
                })
                .source("whole", WarmSource.of(find, ids(2, 5)))
                .build()
                .warm();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.end()).isEqualTo(End.DONE);
        assertThat(report.sources().get(0).failure()).contains("the cable");
        assertThat(report.succeeded()).isEqualTo(5);
        assertThat(report.toString()).contains("torn: 1 of 1 calls, incomplete (", "whole: 4 of 4 calls");
    }

    @Test
    void callThatFails_isCounted_andASourceWithoutASuccessFails() {
        WarmReport some =
                warmed(WarmSource.of(WarmCall.of(shop, "find"), List.of(new Object[] {1L}, new Object[] {"x"})));
        assertThat(some.failed()).isEqualTo(1);
        assertThat(some.isComplete()).isTrue();

        rows.breakDown();
        WarmReport none = warmed(WarmSource.of(WarmCall.of(shop, "find"), ids(10, 12)));
        assertThat(none.sources().get(0).failure()).isEqualTo("none of its calls succeeded");
    }

    @Test
    void failedSource_isRepeatedUntilItSucceeds_theOthersAreNot() {
        AtomicInteger torn = new AtomicInteger();
        AtomicInteger whole = new AtomicInteger();
        WarmReport report = CacheWarmer.builder()
                .source("torn", calls -> {
                    if (torn.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .source("whole", calls -> whole.incrementAndGet())
                .policy(WarmPolicy.DEFAULTS.withRepeatAfter(Duration.ofMillis(1)))
                .build()
                .warm();

        assertThat(report.isComplete()).isTrue();
        assertThat(torn).hasValue(3);
        assertThat(whole).hasValue(1);
    }

    @Test
    void failedSource_isRepeatedUntilTheTimeIsOver() {
        WarmReport report = CacheWarmer.builder()
                .source("torn", calls -> {
                    throw new IllegalStateException("never");
                })
                .policy(WarmPolicy.DEFAULTS
                        .withRepeatAfter(Duration.ofMillis(1))
                        .withTimeout(Duration.ofMillis(30)))
                .build()
                .warm();

        assertThat(report.end()).isEqualTo(End.TIME_OVER);
        assertThat(report.sources().get(0).failure()).contains("never");
    }

    @Test
    void storeThatDoesNotServe_isNotWarmed() {
        WarmReport report = CacheWarmer.builder()
                .source("ids", WarmSource.of(WarmCall.of(shop, "find"), ids(1, 3)))
                .awaitServing(bound -> {
                    throw new ConfigurationException("Redis does not serve");
                })
                .build()
                .warm();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.sources().get(0).failure()).isEqualTo("not read: Redis does not serve");
        assertThat(rows.reads()).isZero();
    }

    @Test
    void atMostSoManyLoads_runAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        rows.onRead(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            try {
                assertThat(three.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            Thread.yield();
            now.decrementAndGet();
        });
        WarmReport report =
                warmed(WarmSource.of(WarmCall.of(shop, "find"), ids(1, 20)), WarmPolicy.DEFAULTS.withConcurrency(3));

        assertThat(report.succeeded()).isEqualTo(20);
        assertThat(most).hasValue(3);
    }

    @Test
    void loadInsideALoad_takesNoTurn() {
        rows.onRead(() -> {
            rows.onRead(() -> {});
            shop.find(20);
        });

        assertThat(warmed(
                                WarmSource.of(WarmCall.of(shop, "find"), ids(1, 2)),
                                WarmPolicy.DEFAULTS.withConcurrency(1).withTimeout(Duration.ofSeconds(20)))
                        .succeeded())
                .isEqualTo(2);
    }

    @Test
    void rate_isNotExceeded() {
        long start = System.nanoTime();
        warmed(gated(() -> {}), WarmPolicy.DEFAULTS.withRate(100));

        // 20 calls: the first period's one at once, or after a part of it, then one in each further period
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(170));
    }

    @Test
    void timeOver_endsTheRun_whileACallIsUnderWay() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WarmReport report = warmed(
                gated(gate::await), WarmPolicy.DEFAULTS.withConcurrency(2).withTimeout(Duration.ofMillis(50)));
        gate.countDown();

        assertThat(report.end()).isEqualTo(End.TIME_OVER);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.succeeded()).isZero();
    }

    @Test
    void close_stopsTheRun_andInterruptsItsCalls() throws Exception {
        Semaphore begun = new Semaphore(0);
        AtomicBoolean interrupted = new AtomicBoolean();
        CacheWarmer warmer = CacheWarmer.builder()
                .source("gated", gated(() -> {
                    begun.release();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                }))
                .policy(WarmPolicy.DEFAULTS.withConcurrency(1))
                .build();
        CompletableFuture<WarmReport> report = CompletableFuture.supplyAsync(warmer::warm);
        assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        warmer.close();

        assertThat(report.get(10, TimeUnit.SECONDS).end()).isEqualTo(End.STOPPED);
        assertThat(interrupted).isTrue();
        assertThat(warmer.warm().end()).isEqualTo(End.STOPPED);
    }

    @Test
    void interruptedThread_stopsTheRun_andStaysInterrupted() {
        Thread self = Thread.currentThread();
        WarmReport report = warmed(
                gated(() -> {
                    self.interrupt();
                    new CountDownLatch(1).await();
                }),
                WarmPolicy.DEFAULTS.withConcurrency(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.end()).isEqualTo(End.STOPPED);
    }

    @Test
    void progress_tellsRateAndTimeLeft() {
        assertThat(new Progress(3_200, 10_000, 3, Duration.ofSeconds(5)))
                .hasToString("3,200 of 10,000 calls (32 %), 640/s, 3 failed, 11 s left");
        assertThat(new Progress(10, 10_000, 0, Duration.ofSeconds(1)).toString())
                .endsWith("16 min 39 s left");
        assertThat(new Progress(0, 10_000, 0, Duration.ofSeconds(1)).toString()).endsWith("unknown time left");
    }

    @Test
    void policyOutOfRange_isRefused() {
        assertThatThrownBy(() -> new WarmPolicy(0, -1, Duration.ZERO, Duration.ofMillis(-1)))
                .hasMessageContainingAll("concurrency = 0", "rate = -1", "timeout = 0s", "repeat-after = ");
    }

    private interface Step {
        void take() throws Exception;
    }

    /** Twenty calls that take {@code step}. */
    private WarmSource gated(Step step) {
        WarmCall call = WarmCall.of(
                io.cacheaside.aspect.plan.AnnotatedMethods.of(shop.getClass()).stream()
                        .filter(method -> method.method().getName().equals("find"))
                        .findFirst()
                        .orElseThrow(),
                args -> {
                    step.take();
                    return null;
                });
        return WarmSource.of(call, ids(1, 20));
    }
}
