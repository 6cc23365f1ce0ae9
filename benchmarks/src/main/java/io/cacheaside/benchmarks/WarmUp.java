package io.cacheaside.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * Turns before anything is measured, until the just-in-time compiler has little left to do: meanwhile it has a core of its own, and
 * what it has not come to runs several times slower.
 */
final class WarmUp {

    private static final long ROUND_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long MOST_NANOS = Duration.ofSeconds(90).toNanos();
    private static final double LITTLE = 0.02;

    private WarmUp() {}

    /** One turn of what is to be measured. */
    @FunctionalInterface
    interface Turn {
        void run() throws InterruptedException;
    }

    /** Runs {@code turn} again and again, for 4 seconds at least and 90 at most, and prints for how long. */
    static void with(Turn turn) throws InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long began = System.nanoTime();
        double share = 1;
        for (int quiet = 0;
                quiet < 2 && System.nanoTime() - began < MOST_NANOS;
                quiet = share < LITTLE ? quiet + 1 : 0) {
            long round = System.nanoTime();
            long compiled = compiler.getTotalCompilationTime();
            while (System.nanoTime() - round < ROUND_NANOS) {
                turn.run();
            }
            share = (compiler.getTotalCompilationTime() - compiled) * 1e6 / (System.nanoTime() - round);
        }
        System.out.printf(
                Locale.ROOT,
                "warmed up for %.0f s, the compiler at work for %.0f %% of the last%n",
                (System.nanoTime() - began) / 1e9,
                100 * share);
    }
}
