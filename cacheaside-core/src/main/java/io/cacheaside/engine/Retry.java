package io.cacheaside.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats an attempt as long as something is left: at once after one that achieved something, else after pauses that grow
 * from 100 ms to 2 s. One attempt at a time, begun on the timer's thread.
 */
final class Retry {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final ScheduledExecutorService timer;
    private final BooleanSupplier isLeft;
    private final Supplier<CompletableFuture<Boolean>> attempt;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Future<?> next;
    private boolean running;
    private boolean again;
    private Duration pause = FIRST;

    /** {@code attempt} must not block; it tells whether it achieved something. */
    Retry(ScheduledExecutorService timer, BooleanSupplier isLeft, Supplier<CompletableFuture<Boolean>> attempt) {
        this.timer = timer;
        this.isLeft = isLeft;
        this.attempt = attempt;
    }

    /** Something is left: it is attempted soon, unless it is going to be anyway. */
    void soon() {
        lock.lock();
        try {
            if (!running && next == null) {
                schedule(FIRST);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Attempts at once what is left, without the rest of a pause; an attempt under way is followed by another. */
    void now() {
        lock.lock();
        try {
            pause = FIRST;
            again = running;
            if (!running) {
                schedule(Duration.ZERO);
            }
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Duration delay) {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        if (isLeft.getAsBoolean()) {
            try {
                next = timer.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("The client is closed: no further retry", e);
            }
        } else {
            pause = FIRST;
        }
    }

    private void run() {
        lock.lock();
        try {
            if (running) {
                return;
            }
            next = null;
            running = true;
            again = false;
        } finally {
            lock.unlock();
        }
        Waiting.send(attempt).whenComplete((achieved, failure) -> ended(Boolean.TRUE.equals(achieved)));
    }

    private void ended(boolean achieved) {
        lock.lock();
        try {
            running = false;
            boolean atOnce = achieved || again;
            Duration delay = atOnce ? Duration.ZERO : pause;
            pause = atOnce ? FIRST : shorter(pause.multipliedBy(2), LONGEST);
            schedule(delay);
        } finally {
            lock.unlock();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
