package io.cacheaside.benchmarks;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Two ways to do one thing, measured in turns: short slices of the one and the other, so that a machine that becomes
 * slower meanwhile makes both slower. What is compared are the medians of the slices.
 */
final class Duel {

    private static final long SLICE_NANOS = 250_000_000;

    private final LongFunction<Object> ours;
    private final LongFunction<Object> theirs;
    private final int slices;
    private final AtomicLong turns = new AtomicLong();

    /** {@code ours} against {@code theirs}, each for {@code slices} slices; each call gets a number never used before. */
    Duel(LongFunction<Object> ours, LongFunction<Object> theirs, int slices) {
        this.ours = ours;
        this.theirs = theirs;
        this.slices = slices;
    }

    /** Medians in calls a second. */
    record Outcome(double ours, double theirs) {

        double throughputRatio() {
            return ours / theirs;
        }

        double latencyRatio() {
            return theirs / ours;
        }
    }

    Outcome fight(int threads, ThreadFactory factory) throws InterruptedException {
        double[] mine = new double[slices];
        double[] other = new double[slices];
        WarmUp.with(() -> {
            slice(ours, threads, factory);
            slice(theirs, threads, factory);
        });
        for (int slice = 0; slice < slices; slice++) {
            mine[slice] = slice(ours, threads, factory);
            other[slice] = slice(theirs, threads, factory);
        }
        return new Outcome(median(mine), median(other));
    }

    private double slice(LongFunction<Object> side, int threads, ThreadFactory factory) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            long base = turns.getAndIncrement() << 32;
            factory.newThread(() -> {
                        calls.addAndGet(calls(side, base, go, over));
                        finished.countDown();
                    })
                    .start();
        }
        long began = System.nanoTime();
        go.countDown();
        LockSupport.parkNanos(SLICE_NANOS);
        over.set(true);
        finished.await();
        return calls.get() * 1e9 / (System.nanoTime() - began);
    }

    private static long calls(LongFunction<Object> side, long base, CountDownLatch go, AtomicBoolean over) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        long calls = 0;
        while (!over.get()) {
            if (side.apply(base + calls) == null) {
                throw new IllegalStateException("no answer");
            }
            calls++;
        }
        return calls;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
