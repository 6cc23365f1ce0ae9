package io.cacheaside.redisson;

import io.cacheaside.error.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether commands may be sent. A client with lazy initialization connects inside its first command, on the caller's
 * thread and as long as it takes; so a thread of ours sends that first command, checks the lock layout, and tries again
 * until Redis has answered. Before its first outcome commands wait, each within its deadline; while Redis is down they
 * fail at once; once it has answered, the link stays open and Redisson mends connections.
 */
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final LayoutCheck check;
    private final String server;
    private final BooleanSupplier isClientGone;
    private final Runnable onOpen;
    private final Thread opener;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<LayoutCheck.Verdict> firstOutcome = new CompletableFuture<>();
    private volatile LayoutCheck.@Nullable Verdict verdict;
    private volatile Throwable lastFailure = new RedisConnectionException("not connected to Redis yet");

    RedisLink(LayoutCheck check, String server, BooleanSupplier isClientGone, Runnable onOpen) {
        this.check = check;
        this.server = server;
        this.isClientGone = isClientGone;
        this.onOpen = onOpen;
        opener = new Thread(this::open, "cacheaside-connect");
        opener.setDaemon(true);
    }

    void start() {
        opener.start();
    }

    /** The answer of {@code command}, sent as soon as the link allows. */
    <T> CompletableFuture<T> whenOpen(Supplier<CompletableFuture<T>> command) {
        if (isOpen()) {
            return sent(command);
        }
        if (firstOutcome.isDone()) {
            return CompletableFuture.failedFuture(
                    new StoreUnavailableException("Redis " + server + " is not connected", lastFailure));
        }
        return firstOutcome.thenCompose(ignored -> sent(command));
    }

    /** The answer of {@code command}; Redisson may throw where it cannot even try. */
    static <T> CompletableFuture<T> sent(Supplier<CompletableFuture<T>> command) {
        try {
            return command.get();
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** True once Redis has answered; from then on commands are sent without detour. */
    boolean isOpen() {
        return verdict != null;
    }

    /** Why no lease may be taken, or null where one may. */
    @Nullable
    String refusal() {
        LayoutCheck.Verdict known = verdict;
        return known == null ? "the lock layout is not checked" : known.refusal();
    }

    private void open() {
        Duration pause = FIRST_PAUSE;
        while (!closed.get() && !isClientGone.getAsBoolean() && !attempt()) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
        firstOutcome.completeExceptionally(lastFailure);
    }

    private boolean attempt() {
        try {
            serve(check.run());
            return true;
        } catch (LinkageError e) {
            LOG.error("This Redisson lacks what cacheaside is built on: nothing is cached", e);
            serve(new LayoutCheck.Verdict("Redisson lacks what the lock layout is checked with: " + e));
            return true;
        } catch (InterruptedException e) {
            return false; // closed
        } catch (RuntimeException e) {
            lastFailure = e;
            boolean first = firstOutcome.completeExceptionally(e);
            if (first && !closed.get()) {
                LOG.warn("Redis {} does not serve cacheaside ({}): caching is off until it does", server, cause(e));
            } else {
                LOG.debug("Redis {} still does not serve cacheaside", server, e);
            }
            return false;
        }
    }

    private void serve(LayoutCheck.Verdict answered) {
        verdict = answered;
        if (closed.get()) {
            verdict = null;
            return;
        }
        try {
            onOpen.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("No wake-ups from Redis {}: waiters look again every 100 ms", server, e);
        }
        if (!firstOutcome.complete(answered)) {
            LOG.info("Redis {} serves cacheaside now", server);
        }
    }

    /** What {@code failure} comes from, in the server's own words. */
    static String cause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // Redisson appends the channel and the command to the server's words
        return String.valueOf(root.getMessage()).replaceFirst("\\.? channel: .*", "");
    }

    @Override
    public void close() {
        closed.set(true);
        opener.interrupt();
        lastFailure = new IllegalStateException("RedissonSlots is closed");
        firstOutcome.completeExceptionally(lastFailure);
        verdict = null;
    }
}
