package io.cacheaside.engine;

import io.cacheaside.engine.Bulkhead.Place;
import io.cacheaside.engine.Lifetimes.Lifetime;
import io.cacheaside.engine.Renewals.Renewal;
import io.cacheaside.engine.StaleIfError.Old;
import io.cacheaside.error.LoadRejectedException;
import io.cacheaside.hot.WarmThread;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.TransactionBoundary.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The leader's part of one flight. The order is the protocol's:
 * <ol>
 *   <li>take the lease, or find that somebody has stored the value meanwhile ({@link LeaseWait}), and with it register the key
 *       under its tags ({@link Tagging});
 *   <li>run the method in a fresh view of the source, renewing the lease;
 *   <li>close the flight to joiners, <em>then</em> send FILL: a caller that begins after FILL's execution cannot join a
 *       flight whose value a write in between may have made old;
 *   <li>return the own value without waiting for FILL's answer.
 * </ol>
 * Without a lease (store down, refused, key marked, wait over, key in the journal) the method runs all the same and nothing is
 * stored.
 */
final class Lead {

    /** What {@link #run} answers where the source cannot be seen as others see it: the caller may load for itself only. */
    static final Object NO_VIEW = new Object();

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final Bulkhead bulkhead;
    private final StaleIfError staleIfError;
    private final Lifetimes lifetimes;
    private final Flights table;
    private final Flight flight;
    private final long end;
    private final Supplier<View> views;
    private final Endings endings;
    private final long doubts;
    private Tagging tagging = Tagging.NONE;

    Lead(
            Engine engine,
            CachePolicy policy,
            Entries entries,
            Bulkhead bulkhead,
            StaleIfError staleIfError,
            Flights table,
            Flight flight,
            long end,
            Supplier<View> views,
            Endings endings) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.bulkhead = bulkhead;
        this.staleIfError = staleIfError;
        this.lifetimes = new Lifetimes(engine, policy);
        this.table = table;
        this.flight = flight;
        this.end = end;
        this.views = views;
        this.endings = endings;
        this.doubts = engine.journal.doubts();
    }

    @Nullable
    Object run(Loader loader, @Nullable FillTerms terms) throws Throwable {
        try {
            if (table == engine.storeless) {
                return load(loader, terms, false);
            }
            if (engine.journal.holds(policy.cache(), flight.key)) {
                // it came between the caller's look and the count of doubts
                return pastTheStore(loader, terms);
            }
            LeaseWait wait = new LeaseWait(engine, policy, flight, end);
            Tagging.send(engine, policy, List.of(tagged(Tagging.of(flight.key, terms))));
            boolean look = true;
            while (true) {
                LeaseAttempt attempt = wait.acquire(look);
                if (!(attempt instanceof LeaseAttempt.Found found)) {
                    return load(loader, terms, attempt instanceof LeaseAttempt.Taken && isRegistered());
                }
                if (isInDoubt()) {
                    return pastTheStore(loader, terms);
                }
                Object value = entries.decode(flight.key, found.frame());
                if (entries.isAnswer(value)) {
                    flight.land(FlightResult.found(wait.sentAt(), found.frame()));
                    return value;
                }
                look = false;
            }
        } finally {
            table.close(flight);
            flight.land(FlightResult.nothing());
        }
    }

    /** Takes note of what the load of this flight registers, and answers it. */
    Tagging tagged(Tagging registers) {
        tagging = registers;
        return registers;
    }

    /** True where the lease that was taken may be used to store. Where it may not it is released. */
    boolean isRegistered() {
        boolean registered = tagging.isAcknowledged(engine, policy);
        releaseAtOnce(!registered);
        return registered;
    }

    /** True where the store must not be asked: removals of the key are unconfirmed. */
    boolean isPastTheStore() {
        return table == engine.storeless || engine.journal.holds(policy.cache(), flight.key);
    }

    private @Nullable Object pastTheStore(Loader loader, @Nullable FillTerms terms) throws Throwable {
        engine.listener.bypass(policy.cache(), BypassReason.JOURNAL);
        return load(loader, terms, false);
    }

    /** Loads, and stores where {@code leased}: the flight holds the lease. */
    @Nullable
    Object load(Loader loader, @Nullable FillTerms terms, boolean leased) throws Throwable {
        Place place;
        try {
            place = leased ? Place.NONE : bulkhead.enter(end);
        } catch (LoadRejectedException rejected) {
            return failed(engine.flights.next(), rejected, terms, false);
        }
        try (place) {
            return placed(loader, terms, leased);
        }
    }

    private @Nullable Object placed(Loader loader, @Nullable FillTerms terms, boolean leased) throws Throwable {
        long sentAt = engine.flights.next();
        long start = System.nanoTime();
        Object value;
        try (@Nullable Renewal renewal = leased ? renew() : null;
                WarmThread.Turn turn = WarmThread.turn();
                View view = open(leased)) {
            if (view == null) {
                return NO_VIEW;
            }
            engine.loads(flight);
            start = System.nanoTime();
            value = loader.load();
        } catch (Throwable failure) {
            engine.listener.load(policy.cache(), Duration.ofNanos(System.nanoTime() - start), true);
            return failed(sentAt, failure, terms, leased);
        } finally {
            engine.loads(flight.parent);
        }
        long cost = System.nanoTime() - start;
        engine.listener.load(policy.cache(), Duration.ofNanos(cost), false);
        loaded(sentAt, cost, value, terms, leased);
        return value;
    }

    /** Ends the flight with what its load has brought, and stores that where {@code leased}. */
    void loaded(long sentAt, long cost, @Nullable Object value, @Nullable FillTerms terms, boolean leased) {
        table.close(flight);
        Lifetime lifetime = leased ? lifetimes.of(value, terms) : null;
        byte[] frame = entries.encode(flight.key, value, lifetime == null ? null : lifetime.soft(), cost);
        flight.land(FlightResult.loaded(sentAt, frame, store(frame, lifetime, leased)));
    }

    /** The old value where that may answer; else the flight fails with {@code failure}. */
    private @Nullable Object failed(long sentAt, Throwable failure, @Nullable FillTerms terms, boolean leased)
            throws Throwable {
        Old old = old(failure, terms, leased);
        if (old == null) {
            release(leased);
            flight.land(FlightResult.failed(sentAt, failure));
            throw failure;
        }
        return old.value();
    }

    /** The old value, which the flight ends with and stores again; null, and the flight closed, where none may answer. */
    @Nullable
    Old old(Throwable failure, @Nullable FillTerms terms, boolean leased) {
        table.close(flight);
        Old old = table == engine.storeless ? null : staleIfError.after(failure, flight.key, terms);
        if (old == null) {
            return null;
        }
        if (leased
                && !old.left().isZero()
                && (tagging.isEmpty() || !isInDoubt())
                && !engine.journal.holds(policy.cache(), flight.key)) {
            endings.fill(new Fill(flight.key, flight.holder, old.frame(), old.left()))
                    .whenComplete((outcome, unanswered) -> releaseAtOnce(unanswered != null));
        } else {
            release(leased);
        }
        flight.land(FlightResult.found(old.sentAt(), old.frame()));
        return old;
    }

    /** Ends the flight with what an ACQUIRE of stamp {@code sentAt} has found. */
    void found(long sentAt, byte[] frame) {
        table.close(flight);
        flight.land(FlightResult.found(sentAt, frame));
    }

    /** Gives the flight up: nobody joins it any more, and who has joined starts again. Harmless after its end. */
    void abandon(boolean leased) {
        release(leased);
        table.close(flight);
        flight.land(FlightResult.nothing());
    }

    private Renewal renew() {
        return engine.renewals(policy).start(List.of(new Claim(flight.key, flight.holder)), policy.maxLoad());
    }

    private @Nullable View open(boolean leased) {
        try {
            return views.get();
        } catch (RuntimeException e) {
            engine.log.warn(
                    "view " + policy.cache(),
                    "Cache '{}': no view of the source to load {} for others; the caller loads it for itself ({})",
                    policy.cache(),
                    flight.key,
                    e.toString());
            release(leased);
            return null;
        }
    }

    private CompletableFuture<Boolean> store(byte @Nullable [] frame, @Nullable Lifetime lifetime, boolean leased) {
        // a master that takes over may not have the index in which the key was registered
        boolean lost = !tagging.isEmpty() && isInDoubt();
        if (frame == null || lifetime == null || lost || engine.journal.holds(policy.cache(), flight.key)) {
            release(leased);
            return FlightResult.NOT_ACCEPTED;
        }
        return endings.fill(new Fill(flight.key, flight.holder, frame, lifetime.hard()))
                .handle(this::filled);
    }

    private boolean filled(@Nullable FillOutcome outcome, @Nullable Throwable failure) {
        tagging.filled(engine, policy, outcome, isInDoubt());
        if (outcome != null) {
            engine.listener.fill(policy.cache(), outcome);
            // a master that has lost the removal that revoked the lease stores all the same
            return outcome == FillOutcome.STORED && !isInDoubt();
        }
        engine.listener.fillFailed(policy.cache());
        engine.log.warn(
                "fill " + policy.cache(),
                "Cache '{}': fill of {} was not answered; nobody relies on it ({})",
                policy.cache(),
                flight.key,
                String.valueOf(failure));
        releaseAtOnce(true);
        return false;
    }

    /** True where what the store has told this flight may come from a master that has lost removals. */
    boolean isInDoubt() {
        return engine.journal.doubts() != doubts;
    }

    private void release(boolean leased) {
        if (leased) {
            endings.release(new Claim(flight.key, flight.holder));
        }
    }

    /** On any thread: where nothing else is to be sent, or a FILL was whose answer does not say that the lease has ended. */
    private void releaseAtOnce(boolean leased) {
        if (leased) {
            engine.endings.release(new Claim(flight.key, flight.holder));
        }
    }
}
