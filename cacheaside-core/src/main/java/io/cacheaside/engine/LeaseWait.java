package io.cacheaside.engine;

import io.cacheaside.engine.Waiting.Answer;
import io.cacheaside.error.StoreUnavailableException;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases.Registration;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A leader's way to the lease: try, and while somebody else has it wait for a wake-up or its remaining time, and try
 * again. The waiter is registered before the first try, so that no wake-up falls between a try and the wait.
 */
final class LeaseWait {

    private static final LeaseAttempt NONE = new LeaseAttempt.Refused("no lease");

    private final Engine engine;
    private final CachePolicy policy;
    private final Flight flight;
    private final long end;
    private final long deadlineNanos;
    private long sentAt;

    LeaseWait(Engine engine, CachePolicy policy, Flight flight, long end) {
        this.engine = engine;
        this.policy = policy;
        this.flight = flight;
        this.deadlineNanos = policy.leaseTimeout().toNanos();
        // A load that waits inside another load may be waited for by that very lease's holder in another JVM.
        long bound = System.nanoTime() + policy.lease().toNanos();
        this.end = flight.isNested() ? Math.min(end, bound) : end;
    }

    /** Stamp of the last ACQUIRE. */
    long sentAt() {
        return sentAt;
    }

    /**
     * The lease ({@code Taken}), the value that somebody stored ({@code Found}, only if {@code look}), or
     * {@code Refused} where the caller has to load without a lease; the reason has then been told to the listener.
     */
    LeaseAttempt acquire(boolean look) {
        Semaphore wakes = new Semaphore(0);
        long began = System.nanoTime();
        try (Registration waiter = engine.leases.onWakeUp(flight.key, wakes::release)) {
            LeaseAttempt attempt = attempt(look);
            while (attempt instanceof LeaseAttempt.Busy busy) {
                if (!sleep(wakes, busy.remaining())) {
                    engine.listener.leaseWait(policy.cache(), Duration.ofNanos(System.nanoTime() - began));
                    return without(BypassReason.WAIT);
                }
                wakes.drainPermits();
                // whoever had the lease may have replaced the unreadable value
                attempt = attempt(true);
                if (!(attempt instanceof LeaseAttempt.Busy)) {
                    engine.listener.leaseWait(policy.cache(), Duration.ofNanos(System.nanoTime() - began));
                }
            }
            return attempt;
        } catch (RuntimeException e) {
            Waiting.send(() -> engine.leases.release(flight.key, flight.holder));
            return failed(e);
        }
    }

    /** No lease for {@code failure}'s sake. */
    LeaseAttempt failed(RuntimeException failure) {
        warn(failure);
        return without(BypassReason.LEASE);
    }

    private LeaseAttempt attempt(boolean look) {
        return answer(send(look), deadlineNanos);
    }

    private CompletableFuture<LeaseAttempt> send(boolean look) {
        Claim claim = claim();
        return Waiting.send(() -> engine.leases.acquire(claim.key(), claim.holder(), policy.lease(), look));
    }

    /** What an ACQUIRE that is sent next asks for. */
    Claim claim() {
        sentAt = engine.flights.next();
        return new Claim(flight.key, flight.holder);
    }

    /** What came of {@code sent} within {@code nanos}: as {@link #acquire}, or {@code Busy}. */
    LeaseAttempt answer(CompletableFuture<LeaseAttempt> sent, long nanos) {
        Answer<LeaseAttempt> answer = Waiting.answer(sent, nanos);
        LeaseAttempt attempt = answer.value();
        if (answer.failure() instanceof StoreUnavailableException) {
            return without(BypassReason.UNAVAILABLE);
        }
        if (attempt == null) {
            warn(answer.failure());
            sent.thenAccept(this::releaseLate);
            return without(BypassReason.LEASE);
        }
        if (attempt instanceof LeaseAttempt.Marked) {
            return without(BypassReason.MARK);
        }
        return attempt instanceof LeaseAttempt.Refused ? without(BypassReason.LEASE) : attempt;
    }

    /** True where it is worth to look again, false where the wait is over. */
    private boolean sleep(Semaphore wakes, Duration remaining) {
        long left = end - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        long lease = Math.max(remaining.toNanos(), 1_000_000);
        try {
            boolean woken = wakes.tryAcquire(
                    Math.min(left, Math.min(lease, engine.leases.longestWait().toNanos())), TimeUnit.NANOSECONDS);
            return woken || System.nanoTime() < end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void releaseLate(LeaseAttempt attempt) {
        if (attempt instanceof LeaseAttempt.Taken) {
            Waiting.send(() -> engine.leases.release(flight.key, flight.holder));
        }
    }

    /** No lease, told to the listener. */
    LeaseAttempt without(BypassReason reason) {
        engine.listener.bypass(policy.cache(), reason);
        return NONE;
    }

    private void warn(@Nullable Throwable failure) {
        engine.log.warn(
                "lease " + policy.cache(),
                "Cache '{}': no lease for {}; the method runs without one and its result is not stored ({})",
                policy.cache(),
                flight.key,
                String.valueOf(failure));
    }
}
