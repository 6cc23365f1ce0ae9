package io.cacheaside.engine;

import io.cacheaside.engine.BatchElement.Joined;
import io.cacheaside.engine.BatchElement.Led;
import io.cacheaside.engine.Waiting.Answer;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.TransactionBoundary.View;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One go at the missing elements of a batch.
 * <ol>
 *   <li>Each element leads a flight of its own or meets an open one. The flights of a batch are one stack, as if each had
 *       called the next: whoever asks who waits for whom sees all of them.
 *   <li>The ACQUIREs of all flights are sent together. One that meets somebody else's lease gives its flight up at once.
 *   <li>One call loads all that have their lease, or may have none; their flights end and their FILLs are sent.
 *   <li>Only then it waits: for the leases of others, and for the flights that it met. What these do not bring stays missing.
 * </ol>
 */
final class BatchRound {

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final ReadPath path;
    private final BatchLoader loader;
    private final Supplier<View> views;
    private final BatchLoad load;
    private final long end;
    private final long leaseEnd;

    BatchRound(
            Engine engine,
            CachePolicy policy,
            Entries entries,
            Bulkhead bulkhead,
            ReadPath path,
            BatchLoader loader,
            Supplier<View> views,
            long end) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.path = path;
        this.loader = loader;
        this.views = views;
        this.load = new BatchLoad(engine, policy, bulkhead, loader, views, end);
        this.end = end;
        // as in LeaseWait: a load that waits inside another one may be waited for by the holder of the lease
        long bound = System.nanoTime() + policy.lease().toNanos();
        this.leaseEnd = engine.loading.get() == null ? end : Math.min(end, bound);
    }

    /** Afterwards each element is known, given up, or still missing, and the batch holds nothing. */
    void run(List<BatchElement> elements) throws Throwable {
        List<Led> led = new ArrayList<>();
        List<Joined> joined = new ArrayList<>();
        long stamp;
        try {
            List<Led> busy = new ArrayList<>();
            CommonEndings endings = new CommonEndings(engine);
            try {
                stamp = depart(elements, led, joined, endings);
                load.run(acquire(led, busy));
            } finally {
                led.forEach(one -> one.lead.abandon(false));
                endings.send();
            }
            busy.forEach(one -> one.awaitWake(engine, policy, leaseEnd));
        } finally {
            led.forEach(Led::listenNoMore);
        }
        for (Joined one : joined) {
            join(one, stamp);
        }
    }

    /** Leads or joins a flight for each; answers the stamp of this caller. */
    private long depart(List<BatchElement> elements, List<Led> led, List<Joined> joined, Endings endings) {
        boolean[] held = new boolean[elements.size()];
        for (int i = 0; i < held.length; i++) {
            held[i] = engine.journal.holds(policy.cache(), elements.get(i).key);
        }
        // not before the journal was asked: see ReadPath.miss
        long stamp = engine.flights.now();
        Flight parent = engine.loading.get();
        for (int i = 0; i < held.length; i++) {
            BatchElement element = elements.get(i);
            Flights table = held[i] ? engine.storeless : engine.flights;
            Flight mine = table.newFlight(element.key, parent);
            LeaseWait lease = new LeaseWait(engine, policy, mine, end);
            Led own = new Led(
                    element, mine, path.lead(table, mine, end, views, endings), lease, loader.terms(element.position));
            Flight other = table.joinOrLead(mine);
            if (other == null) {
                led.add(own);
                parent = mine;
            } else {
                joined.add(new Joined(element, other));
            }
        }
        return stamp;
    }

    /** Asks for all leases together. What is to be loaded now; the others are known, or {@code busy}. */
    private List<Led> acquire(List<Led> led, List<Led> busy) {
        List<Led> loads = new ArrayList<>();
        List<Led> asking = new ArrayList<>();
        for (Led one : led) {
            (!one.lead.isPastTheStore() && listens(one) ? asking : loads).add(one);
        }
        Tagging.send(engine, policy, asking.stream().map(Led::tagging).toList());
        for (boolean look = true; !asking.isEmpty(); look = false) {
            asking = attempt(asking, look, loads, busy);
        }
        return loads;
    }

    private boolean listens(Led one) {
        try {
            one.listen(engine);
            return true;
        } catch (RuntimeException e) {
            one.lease.failed(e);
            return false;
        }
    }

    /** Answers those whose value was found and cannot be read: their leases are to be taken all the same. */
    private List<Led> attempt(List<Led> asking, boolean look, List<Led> loads, List<Led> busy) {
        List<Claim> claims = asking.stream().map(one -> one.lease.claim()).toList();
        List<CompletableFuture<LeaseAttempt>> sent =
                Waiting.sendAll(claims.size(), () -> engine.leases.acquireAll(claims, policy.lease(), look));
        long deadline = System.nanoTime() + policy.leaseTimeout().toNanos();
        List<Led> unreadable = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Led one = asking.get(i);
            LeaseAttempt attempt = one.lease.answer(sent.get(i), deadline - System.nanoTime());
            if (attempt instanceof LeaseAttempt.Found found) {
                found(one, found.frame(), loads, unreadable);
            } else if (attempt instanceof LeaseAttempt.Busy other && System.nanoTime() < leaseEnd) {
                one.isBusy(other);
                busy.add(one);
            } else {
                if (attempt instanceof LeaseAttempt.Busy) {
                    one.lease.without(BypassReason.WAIT);
                } else if (attempt instanceof LeaseAttempt.Taken && one.lead.isRegistered()) {
                    one.isLeased();
                }
                loads.add(one);
            }
        }
        return unreadable;
    }

    private void found(Led one, byte[] frame, List<Led> loads, List<Led> unreadable) {
        if (one.lead.isInDoubt()) {
            engine.listener.bypass(policy.cache(), BypassReason.JOURNAL);
            loads.add(one);
            return;
        }
        Object value = entries.decode(one.element.key, frame);
        if (entries.isAnswer(value)) {
            one.lead.found(one.lease.sentAt(), frame);
            one.element.become(value);
        } else {
            unreadable.add(one);
        }
    }

    private void join(Joined one, long stamp) {
        Flight loading = engine.loading.get();
        if (loading != null && loading.waitsInCircle(one.flight())) {
            loading.waitsNoMore();
            one.element().giveUp(BypassReason.CYCLE);
            return;
        }
        Answer<FlightResult> landed = Waiting.answer(one.flight().result(), end - System.nanoTime());
        if (loading != null) {
            loading.waitsNoMore();
        }
        FlightResult result = landed.value();
        if (result == null) {
            one.element().giveUp(BypassReason.WAIT);
        } else if (result.failure() == null && (result.servesCallerOf(stamp) || path.isAccepted(result, end))) {
            take(one.element(), result.frame());
        }
    }

    private void take(BatchElement element, byte @Nullable [] frame) {
        Object value = frame == null ? Entries.UNREADABLE : entries.decode(element.key, frame);
        if (value == Entries.UNREADABLE) {
            element.giveUp(BypassReason.UNWRITABLE);
        } else if (value != Entries.EXPIRED) {
            engine.listener.joined(policy.cache());
            element.become(value);
        }
    }
}
