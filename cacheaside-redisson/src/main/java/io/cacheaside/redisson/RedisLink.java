package io.cacheaside.redisson;

import io.cacheaside.error.StoreUnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether commands may be sent. A client with lazy initialization connects inside its first command, on the caller's
 * thread and as long as it takes; so a thread of ours sends that first command, checks the lock layout, and tries again
 * until Redis has answered. Before its first outcome commands wait, each within its deadline; while Redis is down they
 * fail at once; once it has answered, the link stays open and Redisson mends connections. It closes again where the server
 * turns out to be a replica, whose values are older than its master's, until there is a master.
 */
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final LayoutCheck check;
    private final String server;
    private final BooleanSupplier isClientGone;
    private final Runnable onOpen;
    private final Set<Trouble> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean reopening = new AtomicBoolean();
    private final CompletableFuture<LayoutCheck.Verdict> firstOutcome = new CompletableFuture<>();
    private volatile @Nullable Thread opener;
    private volatile LayoutCheck.@Nullable Verdict verdict;
    private volatile Throwable lastFailure = new RedisConnectionException("not connected to Redis yet");

    RedisLink(LayoutCheck check, String server, BooleanSupplier isClientGone, Runnable onOpen) {
        this.check = check;
        this.server = server;
        this.isClientGone = isClientGone;
        this.onOpen = onOpen;
    }

    void start() {
        Thread next = new Thread(this::open, "cacheaside-connect");
        next.setDaemon(true);
        opener = next;
        next.start();
    }

    /** The answer of {@code command}, sent as soon as the link allows. */
    <T> CompletableFuture<T> whenOpen(Supplier<CompletableFuture<T>> command) {
        if (isOpen()) {
            return sent(command);
        }
        if (firstOutcome.isDone()) {
            Throwable failure = lastFailure;
            return CompletableFuture.failedFuture(new StoreUnavailableException(
                    "Redis " + server + " does not serve (" + cause(failure) + ")", failure));
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

    /** Why Redis does not serve and what to do about it, or null where it does. */
    @Nullable
    String trouble() {
        if (isOpen()) {
            return refusal();
        }
        Throwable failure = lastFailure;
        return cause(failure) + "; " + Trouble.of(failure).advice();
    }

    /** True where waiting will not make Redis serve. */
    boolean isHopeless() {
        LayoutCheck.Verdict known = verdict;
        return known == null
                ? Trouble.LASTING.contains(Trouble.of(lastFailure))
                : known.refusal() != null && known.isFinal();
    }

    /** A script has failed: told once for each kind of trouble; nothing is asked of a replica any more. */
    void scriptFailed(Throwable failure) {
        LayoutCheck.Verdict known = verdict;
        if (known == null || !Breaker.isAnswer(failure)) {
            return;
        }
        Trouble trouble = Trouble.of(failure);
        if (trouble != Trouble.OTHER && told.add(trouble)) {
            LOG.warn("Redis {} refuses what cacheaside sends ({}): {}", server, cause(failure), trouble.advice());
        }
        if (trouble == Trouble.REPLICA && known.isFinal()) {
            lastFailure = failure;
            closeUntilServed();
        }
    }

    private void closeUntilServed() {
        if (!closed.get() && reopening.compareAndSet(false, true)) {
            verdict = null;
            start();
        }
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
            return serve(check.run());
        } catch (LinkageError e) {
            LOG.error("This Redisson lacks what cacheaside is built on: nothing is cached", e);
            return serve(new LayoutCheck.Verdict("Redisson lacks what the lock layout is checked with: " + e, true));
        } catch (InterruptedException e) {
            return false; // closed
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void failed(RuntimeException failure) {
        lastFailure = failure;
        Trouble trouble = Trouble.of(failure);
        if (!closed.get() && told.add(trouble)) {
            LOG.warn(
                    "Redis {} does not serve cacheaside ({}): caching is off until it does; {}",
                    server,
                    cause(failure),
                    trouble.advice());
        } else {
            LOG.debug("Redis {} still does not serve cacheaside", server, failure);
        }
        firstOutcome.completeExceptionally(failure);
    }

    /** Opens the link; true where the check need not be repeated. */
    private boolean serve(LayoutCheck.Verdict answered) {
        if (answered.equals(verdict)) {
            return answered.isFinal();
        }
        reopening.set(false);
        verdict = answered;
        if (closed.get()) {
            verdict = null;
            return true;
        }
        try {
            onOpen.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("No wake-ups from Redis {}: waiters look again every 100 ms", server, e);
        }
        if (!answered.isFinal()) {
            LOG.warn(
                    "{} ({}): nothing is stored until it takes writes; {}",
                    answered.refusal(),
                    server,
                    Trouble.FULL.advice());
        }
        if (!firstOutcome.complete(answered)) {
            LOG.info("Redis {} serves cacheaside now", server);
        }
        return answered.isFinal();
    }

    /** What {@code failure} comes from, in the server's own words; Java's own exceptions with their names. */
    static String cause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        if (root instanceof RedisException && root.getMessage() != null) {
            // Redisson appends the channel and the command to the server's words
            return message.replaceFirst("(?s)\\.? channel: .*", "");
        }
        String name = root.getClass().getSimpleName();
        return root.getMessage() == null ? name : name + ": " + message;
    }

    @Override
    public void close() {
        closed.set(true);
        Thread working = opener;
        if (working != null) {
            working.interrupt();
        }
        lastFailure = new IllegalStateException("RedissonSlots is closed");
        firstOutcome.completeExceptionally(lastFailure);
        verdict = null;
    }
}
