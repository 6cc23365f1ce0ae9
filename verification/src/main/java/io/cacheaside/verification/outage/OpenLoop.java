package io.cacheaside.verification.outage;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Reads that come at their own pace, as those of a service's users do: who comes while too many others wait is sent away.
 */
final class OpenLoop {

    private final IntPredicate read;
    private final int keys;
    private final long everyNanos;
    private final int most;
    private final Collection<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ExecutorService callers;
    private final Thread clock = new Thread(this::run, "open-loop");
    private volatile boolean over;

    /**
     * A loop that has not begun.
     *
     * @param read reads a key; true where it loaded it itself
     * @param most how many reads may be under way
     */
    OpenLoop(IntPredicate read, int keys, int perSecond, int most) {
        this.read = read;
        this.keys = keys;
        this.everyNanos = 1_000_000_000L / perSecond;
        this.most = most;
        this.callers = Executors.newFixedThreadPool(most);
    }

    void start() {
        clock.start();
    }

    /** No more reads; returns when all have ended. */
    Collection<Sample> stop() throws InterruptedException {
        over = true;
        clock.join();
        callers.shutdown();
        while (!callers.awaitTermination(1, java.util.concurrent.TimeUnit.SECONDS)) {
            // some are still waiting for Redis
        }
        return samples;
    }

    private void run() {
        for (long due = System.nanoTime(); !over; due += everyNanos) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            arrive(ThreadLocalRandom.current().nextInt(keys));
        }
    }

    private void arrive(int key) {
        long begun = System.nanoTime();
        if (inFlight.incrementAndGet() > most) {
            inFlight.decrementAndGet();
            samples.add(new Sample(begun, 0, Sample.End.SHED));
        } else {
            callers.execute(() -> call(key, begun));
        }
    }

    private void call(int key, long begun) {
        Sample.End end = Sample.End.FAILED;
        try {
            end = read.test(key) ? Sample.End.LOADED : Sample.End.SERVED;
        } catch (RuntimeException failure) {
            // counted
        } finally {
            samples.add(new Sample(begun, System.nanoTime() - begun, end));
            inFlight.decrementAndGet();
        }
    }
}
