package io.cacheaside;

import io.cacheaside.engine.OwnThreads;
import io.cacheaside.policy.AsyncCallPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls on other threads and tells in futures what became of them. Each future completes: also where no thread takes the
 * call, and where the client is closed before one did. Thread-safe.
 */
final class AsyncCalls {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncCalls.class);

    private static final int MOST_WAITING = 10_000;
    private static final Duration LAST_CALLS = Duration.ofSeconds(1);

    /** What a call does. */
    @FunctionalInterface
    interface Body<T> {
        @Nullable
        T run() throws Throwable;
    }

    private final Executor executor;
    private final @Nullable ThreadPoolExecutor own;
    private final UnaryOperator<Runnable> context;
    private final Set<Call<?>> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Calls on {@code given}; null: on threads of their own, as many as {@code policy} says.
     *
     * @param context gives a task what the calling thread has for it to take along
     */
    AsyncCalls(@Nullable Executor given, AsyncCallPolicy policy, UnaryOperator<Runnable> context) {
        ThreadPoolExecutor threads =
                given == null ? OwnThreads.pool("cacheaside-async-", policy.threads(), MOST_WAITING) : null;
        this.own = threads;
        this.executor = threads == null ? Objects.requireNonNull(given) : threads;
        this.context = context;
    }

    Executor executor() {
        return executor;
    }

    <T> CompletableFuture<@Nullable T> begin(Body<T> body) {
        Call<T> call = new Call<>(body);
        waiting.add(call);
        try {
            executor.execute(context.apply(() -> run(call)));
        } catch (RejectedExecutionException e) {
            waiting.remove(call);
            call.result.completeExceptionally(own == null ? e : new RejectedExecutionException(why(own), e));
        }
        return call.result;
    }

    private static String why(ThreadPoolExecutor own) {
        return own.isShutdown()
                ? "The client is closed, so nothing was done"
                : MOST_WAITING + " calls of the client wait for a thread already, so nothing was done: ask for less at"
                        + " once, or raise cacheaside.async-call-threads (with the builder asyncCalls(…))";
    }

    /** As {@link #begin}, but {@code here} runs it on this thread before it returns. */
    CompletableFuture<@Nullable Void> write(boolean here, Runnable write) {
        if (!here) {
            return begin(() -> {
                write.run();
                return null;
            });
        }
        Call<Void> call = new Call<>(() -> {
            write.run();
            return null;
        });
        call.run();
        return call.result;
    }

    private void run(Call<?> call) {
        if (waiting.remove(call)) {
            call.run();
        }
    }

    /**
     * Takes no more calls on own threads and gives those that it has a second to begin and end. What has not begun by then
     * fails; what runs goes on. Calls on a given executor are that one's.
     */
    void close() {
        if (own == null) {
            return;
        }
        own.shutdown();
        try {
            if (own.awaitTermination(LAST_CALLS.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int failed = 0;
        for (Call<?> call : List.copyOf(waiting)) {
            if (waiting.remove(call)) {
                failed++;
                call.result.completeExceptionally(new RejectedExecutionException(
                        "The client was closed before this call began, so nothing was done"));
            }
        }
        LOG.warn("Asynchronous calls go on after the client was closed; {} had not begun and fail", failed);
    }

    /** Compared by identity. */
    private static final class Call<T> {

        private final CompletableFuture<@Nullable T> result = new CompletableFuture<>();
        private final Body<T> body;

        Call(Body<T> body) {
            this.body = body;
        }

        void run() {
            try {
                result.complete(body.run());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }
    }
}
