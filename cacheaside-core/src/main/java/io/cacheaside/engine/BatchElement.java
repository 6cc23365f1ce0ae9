package io.cacheaside.engine;

import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases.Registration;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One element of a batch on its way to a value. Used by the batch's thread only. */
final class BatchElement {

    final int position;
    final String key;
    private @Nullable Object value;
    private boolean known;
    private @Nullable BypassReason givenUp;

    BatchElement(int position, String key) {
        this.position = position;
        this.key = key;
    }

    void become(@Nullable Object found) {
        value = found;
        known = true;
    }

    boolean isKnown() {
        return known;
    }

    @Nullable
    Object value() {
        return value;
    }

    void giveUp(BypassReason reason) {
        givenUp = reason;
    }

    /** Why it is to be loaded for this caller alone; null: it is not. */
    @Nullable
    BypassReason givenUp() {
        return givenUp;
    }

    /** A flight of somebody else that is to bring an element. */
    record Joined(BatchElement element, Flight flight) {}

    /** A flight that this batch leads for one of its elements. */
    static final class Led {

        final BatchElement element;
        final Flight flight;
        final Lead lead;
        final LeaseWait lease;
        final @Nullable FillTerms terms;
        private final CompletableFuture<@Nullable Void> woken = new CompletableFuture<>();
        private @Nullable Registration waiter;
        private Duration remaining = Duration.ZERO;
        private boolean leased;

        Led(BatchElement element, Flight flight, Lead lead, LeaseWait lease, @Nullable FillTerms terms) {
            this.element = element;
            this.flight = flight;
            this.lead = lead;
            this.lease = lease;
            this.terms = terms;
        }

        /** Registers for wake-ups: before the first ACQUIRE, so that none falls between that and the wait. */
        void listen(Engine engine) {
            waiter = engine.leases.onWakeUp(flight.key, () -> woken.complete(null));
        }

        /** What its load registers under its tags. */
        Tagging tagging() {
            return lead.tagged(Tagging.of(flight.key, terms));
        }

        void listenNoMore() {
            if (waiter != null) {
                waiter.close();
            }
        }

        /** Somebody else has the lease: the flight is given up at once, so that nobody here waits for this batch instead. */
        void isBusy(LeaseAttempt.Busy busy) {
            remaining = busy.remaining();
            lead.abandon(false);
        }

        void isLeased() {
            leased = true;
        }

        boolean leased() {
            return leased;
        }

        /** Waits until it is worth to look again, or until {@code end}; an interrupt ends the wait and stays set. */
        void awaitWake(Engine engine, CachePolicy policy, long end) {
            long began = System.nanoTime();
            long most = Math.min(end - began, engine.leases.longestWait().toNanos());
            Waiting.answer(woken, Math.min(most, Math.max(remaining.toNanos(), 1_000_000)));
            engine.listener.leaseWait(policy.cache(), Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
