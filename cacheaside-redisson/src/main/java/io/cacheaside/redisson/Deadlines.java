package io.cacheaside.redisson;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fails futures that take too long. Redisson's own timer ticks too slowly for reads (every 100 ms by default), and a
 * scheduled executor wakes its thread for each deadline; a wheel of 10 ms costs a read next to nothing.
 */
final class Deadlines implements AutoCloseable {

    private static final int TICK_MILLIS = 10;
    private static final int WHEEL = 512;

    private final HashedWheelTimer wheel = new HashedWheelTimer(
            new DefaultThreadFactory("cacheaside-deadlines", true), TICK_MILLIS, TimeUnit.MILLISECONDS, WHEEL, false);

    /**
     * Runs {@code task} on the timer's thread in {@code nanos} from now. It must not block.
     *
     * @throws IllegalStateException after {@link #close}
     */
    Timeout schedule(TimerTask task, long nanos) {
        return wheel.newTimeout(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** {@code future}, which fails with a TimeoutException if it is not complete in {@code deadline} from now. */
    <T> CompletableFuture<T> limit(CompletableFuture<T> future, Duration deadline, String command) {
        if (!future.isDone()) {
            try {
                Timeout timeout =
                        schedule(expired -> future.completeExceptionally(late(command, deadline)), deadline.toNanos());
                future.whenComplete((answer, failure) -> timeout.cancel());
            } catch (IllegalStateException closed) {
                future.completeExceptionally(closed);
            }
        }
        return future;
    }

    static TimeoutException late(String command, Duration deadline) {
        return new TimeoutException(command + " not answered by Redis within " + deadline.toMillis() + " ms");
    }

    @Override
    public void close() {
        wheel.stop();
    }
}
