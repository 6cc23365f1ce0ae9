package io.cacheaside.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for an adapter's answer for a bounded time. Whatever goes wrong comes back as a failure, never as a throw. */
final class Waiting {

    /** What came back: a value where {@code failure} is null. */
    record Answer<T>(@Nullable T value, @Nullable Throwable failure) {

        boolean failed() {
            return failure != null;
        }

        boolean interrupted() {
            return failure instanceof InterruptedException;
        }
    }

    private Waiting() {}

    /** Sends {@code call}; what it throws comes back in the future. */
    static <T> CompletableFuture<T> send(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends {@code call}, which has {@code size} answers; what it throws comes back in each of them. */
    static <T> List<CompletableFuture<T>> sendAll(int size, Supplier<List<CompletableFuture<T>>> call) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError e) {
            return Collections.nCopies(size, CompletableFuture.failedFuture(e));
        }
    }

    /** Sends {@code call} and waits; an interrupt ends the wait and stays set. */
    static <T> Answer<T> answer(Supplier<CompletableFuture<T>> call, Duration deadline) {
        return answer(send(call), deadline.toNanos());
    }

    /** Waits for {@code future} for {@code nanos}; an interrupt ends the wait and stays set. */
    static <T> Answer<T> answer(CompletableFuture<T> future, long nanos) {
        try {
            return new Answer<>(future.get(nanos, TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Answer<>(null, cause == null || cause instanceof InterruptedException ? e : cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer<>(null, e);
        } catch (TimeoutException | RuntimeException e) {
            return new Answer<>(null, e);
        }
    }

    /** As {@link #answer(Supplier, Duration)}, but an interrupt does not shorten the wait. */
    static <T> Answer<T> uninterruptibly(Supplier<CompletableFuture<T>> call, Duration deadline) {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + deadline.toNanos();
        CompletableFuture<T> future = send(call);
        Answer<T> answer = answer(future, end - System.nanoTime());
        while (answer.interrupted()) {
            interrupted |= Thread.interrupted();
            answer = answer(future, end - System.nanoTime());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }
}
