package io.cacheaside.redisson;

import io.cacheaside.error.StoreUnavailableException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reads, leases and fills away from one master that does not answer, or not in good time.
 *
 * <ol>
 *   <li>What counts are trips, not callers, and only what the master did: an error reply is an answer, and a trip whose
 *       deadline came far too late says that this process was short of time, not that Redis was.
 *   <li>A trip without answer counts once nothing at all was answered for two read deadlines, and an answer that nobody
 *       waits for any more is one too, though a slow one. A JVM that has just begun, and is slow itself, waits for
 *       twenty. So a machine that is short of time does not look like a dead server.
 *   <li>While open no caller tries: a probe of our own asks every 100 ms, and its answer closes the breaker.
 *   <li>Removals and marks are never stopped: that would leave old values behind. Their writers just do not wait for long
 *       where the breaker is open or opens meanwhile. Where nothing else is sent, a writer who waits makes us ask, and
 *       silence then opens the breaker, too.
 * </ol>
 */
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int WINDOW = 20;
    private static final int FEWEST = 5;
    private static final float LOST_PERCENT = 10;
    private static final float SLOW_PERCENT = 80;
    private static final int SILENT_DEADLINES = 2;
    private static final int SILENT_DEADLINES_AT_FIRST = 20;
    private static final int WARM_ANSWERS = 500;
    private static final Duration BRIEFLY = Duration.ofMillis(50);
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Deadlines deadlines;
    private final Duration deadline;
    private final Supplier<CompletableFuture<Object>> probe;
    private final Consumer<Boolean> onChange;
    private final String server;
    private final StoreUnavailableException open;
    private final CircuitBreaker circuit;
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private final Set<CompletableFuture<?>> hastened = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean listening = new AtomicBoolean();
    private volatile long lastAnswer = System.nanoTime();

    /**
     * A closed one. {@code deadline} is that of a read; {@code probe} asks the master for anything; {@code onChange} is
     * told when it opens (true) and when it closes again (false).
     */
    Breaker(
            Deadlines deadlines,
            Duration deadline,
            String server,
            Supplier<CompletableFuture<Object>> probe,
            Consumer<Boolean> onChange) {
        this.deadlines = deadlines;
        this.deadline = deadline;
        this.server = server;
        this.open =
                new StoreUnavailableException("Redis " + server + " does not answer in time and is not asked", null);
        this.probe = probe;
        this.onChange = onChange;
        this.circuit = CircuitBreaker.of(
                "redis",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(FEWEST)
                        .failureRateThreshold(LOST_PERCENT)
                        .slowCallRateThreshold(SLOW_PERCENT)
                        .slowCallDurationThreshold(inGoodTime())
                        .waitDurationInOpenState(FOR_EVER)
                        .build());
        circuit.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
    }

    private Duration inGoodTime() {
        return deadline.multipliedBy(4).dividedBy(5);
    }

    /** True while commands may be sent. */
    boolean isClosed() {
        return circuit.tryAcquirePermission();
    }

    /** What a command fails with that is not sent; one for all, because there may be many. */
    StoreUnavailableException refusal() {
        return open;
    }

    /** The answer of {@code command}, which fails at once while open and when the breaker opens meanwhile. */
    @SuppressWarnings("CollectionUndefinedEquality") // a future equals itself, which is what is meant
    <T> CompletableFuture<T> guard(Duration allowed, Supplier<CompletableFuture<T>> command) {
        if (!isClosed()) {
            return CompletableFuture.failedFuture(open);
        }
        long sentAt = System.nanoTime();
        CompletableFuture<T> answer = command.get();
        waiting.add(answer);
        answer.whenComplete((value, failure) -> {
            waiting.remove(answer);
            ended(sentAt, allowed, failure);
        });
        return answer;
    }

    /** Lets {@code answer}, whose command is sent in any case, fail soon where this is open or opens meanwhile. */
    @SuppressWarnings("CollectionUndefinedEquality") // a future equals itself, which is what is meant
    void hasten(CompletableFuture<?> answer, String command) {
        hastened.add(answer);
        answer.whenComplete((value, failure) -> {
            hastened.remove(answer);
            if (failure == null) {
                heard();
            }
        });
        if (isClosed()) {
            listen();
        } else {
            deadlines.limit(answer, BRIEFLY, command);
        }
    }

    /** Looks in a moment whether writers wait in vain. */
    private void listen() {
        if (listening.compareAndSet(false, true)) {
            later(this::askIfSilent, deadline.multipliedBy(SILENT_DEADLINES + 1).toNanos());
        }
    }

    private void askIfSilent() {
        listening.set(false);
        if (hastened.isEmpty() || !isClosed()) {
            return;
        }
        if (!isSilent()) {
            listen();
            return;
        }
        ask().whenComplete((value, failure) -> {
            if (failure == null || isAnswer(failure)) {
                lastAnswer = System.nanoTime();
                listen();
            } else if (isSilent() && isClosed()) {
                circuit.transitionToOpenState();
            } else {
                listen();
            }
        });
    }

    /** A trip that was sent at {@code sentAt} and had {@code allowed} time has ended, with {@code failure} or without. */
    void ended(long sentAt, Duration allowed, @Nullable Throwable failure) {
        long took = System.nanoTime() - sentAt;
        if (failure == null || isAnswer(failure)) {
            answered(sentAt);
        } else if (took < 2 * allowed.toNanos()) {
            lost(took, failure);
        }
    }

    /** Counts a trip without answer as soon as the silence is long enough, unless it ends before. */
    private void lost(long took, Throwable failure) {
        if (isSilent()) {
            circuit.onError(took, TimeUnit.NANOSECONDS, failure);
        } else {
            later(() -> countIfSilent(took, failure), lastAnswer + silenceNanos() - System.nanoTime());
        }
    }

    private void countIfSilent(long took, Throwable failure) {
        if (isSilent()) {
            circuit.onError(took, TimeUnit.NANOSECONDS, failure);
        }
    }

    /** A command that was sent at {@code sentAt} was answered, in time or not. */
    void answered(long sentAt) {
        if (heard()) {
            circuit.onSuccess(System.nanoTime() - sentAt, TimeUnit.NANOSECONDS);
        }
    }

    /** The server has said something; true where this JVM has been at work long enough to judge how fast. */
    private boolean heard() {
        lastAnswer = System.nanoTime();
        boolean warm = answers.get() >= WARM_ANSWERS;
        if (!warm) {
            answers.incrementAndGet();
        }
        return warm;
    }

    private boolean isSilent() {
        return System.nanoTime() - lastAnswer > silenceNanos();
    }

    private long silenceNanos() {
        return (answers.get() < WARM_ANSWERS ? SILENT_DEADLINES_AT_FIRST : SILENT_DEADLINES) * deadline.toNanos();
    }

    /** True where the server has answered, if only with an error; Redisson's own troubles have a cause or a type. */
    static boolean isAnswer(Throwable failure) {
        return failure instanceof RedisException
                && failure.getCause() == null
                && !(failure instanceof RedisConnectionException)
                && !(failure instanceof RedisTimeoutException)
                && !(failure instanceof RedisNodeNotFoundException)
                && !(failure instanceof RedissonShutdownException);
    }

    private void changed(CircuitBreaker.StateTransition transition) {
        if (transition.getToState() == CircuitBreaker.State.OPEN) {
            LOG.warn("Redis {} does not answer in good time: bypassed, but for removals, until it does", server);
            waiting.forEach(answer -> answer.completeExceptionally(open));
            hastened.forEach(answer -> deadlines.limit(answer, BRIEFLY, "command"));
            onChange.accept(true);
            probeLater();
        } else if (transition.getToState() == CircuitBreaker.State.CLOSED) {
            LOG.info("Redis {} answers again", server);
            onChange.accept(false);
        }
    }

    private void probeLater() {
        later(this::probe, PROBE_NANOS);
    }

    private void later(Runnable task, long nanos) {
        try {
            deadlines.schedule(due -> task.run(), nanos);
        } catch (IllegalStateException closed) {
            LOG.debug("closed: Redis {} is not asked any more", server);
        }
    }

    private void probe() {
        ask().whenComplete((value, failure) -> {
            if (failure == null || isAnswer(failure)) {
                lastAnswer = System.nanoTime();
                circuit.transitionToClosedState();
            } else {
                probeLater();
            }
        });
    }

    /** The answer to a probe, in good time or not at all. */
    private CompletableFuture<Object> ask() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        RedisLink.sent(probe).whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(server);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return deadlines.limit(answer, inGoodTime(), "probe");
    }
}
