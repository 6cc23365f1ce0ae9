package io.cacheaside.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background of one client: a bounded number of threads on which entries are refreshed, one attempt a key at a time.
 * The class loader of an attempt's thread is that of its caller. Thread-safe.
 */
final class Refreshes {

    private static final Logger LOG = LoggerFactory.getLogger(Refreshes.class);

    private static final int MOST_WAITING = 1_000;

    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final UnaryOperator<Runnable> context;
    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor threads;

    /** {@code context} gives a task what the calling thread has for it to take along. */
    Refreshes(int threads, UnaryOperator<Runnable> context, ScheduledExecutorService timer) {
        this.context = context;
        this.timer = timer;
        this.threads = OwnThreads.pool("cacheaside-refresh-", threads, MOST_WAITING);
    }

    /** True where an attempt of {@code key} may begin: none is under way. Then it is, until {@link #ended}. */
    boolean begin(String key) {
        return keys.add(key);
    }

    /** True where {@code attempt} will run; false where too much waits already. */
    boolean submit(Runnable attempt) {
        Runnable inContext = context.apply(attempt);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            threads.execute(() -> {
                Thread.currentThread().setContextClassLoader(loader);
                inContext.run();
            });
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** The attempt of {@code key} is over, and {@code pause} later the next one may begin. */
    void ended(String key, Duration pause) {
        if (pause.isZero()) {
            keys.remove(key);
            return;
        }
        try {
            timer.schedule(() -> keys.remove(key), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            keys.remove(key);
        }
    }

    /** Begins nothing more and lets what runs end within {@code patience}; then it is interrupted. */
    void close(Duration patience) {
        threads.getQueue().clear();
        threads.shutdown();
        try {
            if (threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("Loads in the background run on after {} and are interrupted", patience);
        threads.shutdownNow();
    }
}
