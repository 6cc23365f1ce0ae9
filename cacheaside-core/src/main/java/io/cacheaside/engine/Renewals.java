package io.cacheaside.engine;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Prolongs the leases of one lifetime while their holders are at work, each every third of it, or a little later. All wait for
 * one beat: nearly every load ends before its first prolongation, and a timer task of its own would wake the timer's thread for
 * nothing.
 */
final class Renewals {

    private final Engine engine;
    private final Duration lease;
    private final Ticker ticker;
    private final long third;
    private final Set<Renewal> atWork = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean beating = new AtomicBoolean();
    /** Since the last beat; where loads follow each other the beat goes on between them. */
    private volatile boolean used;

    Renewals(Engine engine, Duration lease, Ticker ticker) {
        this.engine = engine;
        this.lease = lease;
        this.ticker = ticker;
        this.third = lease.toNanos() / 3;
    }

    /** Prolongs {@code leases}, which were just taken, until that is closed, for {@code maxLoad} at most. */
    Renewal start(Collection<Claim> leases, Duration maxLoad) {
        Renewal renewal = new Renewal(leases, ticker.nanos(), maxLoad.toNanos());
        atWork.add(renewal);
        used = true;
        beatLater();
        return renewal;
    }

    /** How many holders are at work. */
    int size() {
        return atWork.size();
    }

    private void beatLater() {
        if (beating.compareAndSet(false, true)) {
            try {
                engine.timer.schedule(this::beat, third / 2, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                // the leases simply end
                beating.set(false);
            }
        }
    }

    /** Prolongs what is due. */
    void beat() {
        boolean goOn = used;
        used = false;
        long now = ticker.nanos();
        List<Renewal> due = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Renewal renewal : atWork) {
            for (Claim claim : renewal.due(now)) {
                due.add(renewal);
                claims.add(claim);
            }
        }
        if (!claims.isEmpty()) {
            renew(claims, due);
        }
        beating.set(false);
        // asked after that: who comes from now on finds that nothing beats
        if (goOn || !atWork.isEmpty()) {
            beatLater();
        }
    }

    private void renew(List<Claim> claims, List<Renewal> holders) {
        List<CompletableFuture<Boolean>> answers =
                Waiting.sendAll(claims.size(), () -> engine.leases.renewAll(claims, lease));
        for (int i = 0; i < answers.size(); i++) {
            Claim claim = claims.get(i);
            Renewal holder = holders.get(i);
            answers.get(i).thenAccept(still -> {
                if (!still) {
                    holder.lost(claim);
                }
            });
        }
    }

    /** Leases of one holder at work. */
    final class Renewal implements AutoCloseable {

        private final List<Claim> held;
        private final long last;
        private long due;

        private Renewal(Collection<Claim> leases, long takenAt, long maxNanos) {
            this.held = new CopyOnWriteArrayList<>(leases);
            this.last = takenAt + maxNanos;
            this.due = takenAt + third;
        }

        /** What is to be prolonged now; asked by one thread at a time. */
        private List<Claim> due(long now) {
            if (now - due < 0) {
                return List.of();
            }
            due = now + third;
            if (due - last > 0) {
                close();
                return List.of();
            }
            return held;
        }

        private void lost(Claim claim) {
            if (held.remove(claim) && held.isEmpty()) {
                close();
            }
        }

        @Override
        public void close() {
            atWork.remove(this);
        }
    }
}
