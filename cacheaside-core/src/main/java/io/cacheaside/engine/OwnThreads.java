package io.cacheaside.engine;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client's own threads. They are made when there is something to do and end when there is not, keep no JVM alive, and inherit
 * nothing from the thread that made them but its class loader.
 */
public final class OwnThreads {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private OwnThreads() {}

    /**
     * At most {@code most} threads, {@code name} and their numbers, for which as many as {@code waiting} tasks wait; one more is
     * rejected.
     */
    public static ThreadPoolExecutor pool(String name, int most, int waiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(null, task, name + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
