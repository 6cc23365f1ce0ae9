package io.cacheaside.engine;

import io.cacheaside.engine.BatchElement.Led;
import io.cacheaside.engine.Bulkhead.Place;
import io.cacheaside.engine.Renewals.Renewal;
import io.cacheaside.engine.StaleIfError.Old;
import io.cacheaside.error.LoadRejectedException;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.TransactionBoundary.View;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call that loads several elements and ends their flights, each as {@link Lead} ends one. A call that throws says nothing
 * of a single element: who has joined one of its flights starts again.
 */
final class BatchLoad {

    private static final FillTerms NOT_STORED = value -> false;

    private final Engine engine;
    private final CachePolicy policy;
    private final Bulkhead bulkhead;
    private final BatchLoader loader;
    private final Supplier<View> views;
    private final long end;

    BatchLoad(
            Engine engine, CachePolicy policy, Bulkhead bulkhead, BatchLoader loader, Supplier<View> views, long end) {
        this.engine = engine;
        this.policy = policy;
        this.bulkhead = bulkhead;
        this.loader = loader;
        this.views = views;
        this.end = end;
    }

    void run(List<Led> all) throws Throwable {
        if (all.isEmpty()) {
            return;
        }
        all.sort((one, other) -> Integer.compare(one.element.position, other.element.position));
        Place place;
        try {
            place = all.stream().anyMatch(Led::leased) ? Place.NONE : bulkhead.enter(end);
        } catch (LoadRejectedException rejected) {
            failed(all, rejected);
            return;
        }
        try (place) {
            placed(all);
        }
    }

    private void placed(List<Led> all) throws Throwable {
        long sentAt = engine.flights.next();
        long start = System.nanoTime();
        Flight caller = engine.loading.get();
        @Nullable Object[] values;
        try (@Nullable Renewal renewal = renew(all);
                View view = open(all)) {
            if (view == null) {
                return;
            }
            engine.loads(all.get(all.size() - 1).flight);
            values = loader.load(
                    all.stream().mapToInt(one -> one.element.position).toArray());
        } catch (Throwable failure) {
            engine.listener.load(policy.cache(), Duration.ofNanos(System.nanoTime() - start), true);
            failed(all, failure);
            return;
        } finally {
            engine.loads(caller);
        }
        long cost = System.nanoTime() - start;
        engine.listener.load(policy.cache(), Duration.ofNanos(cost), false);
        for (int i = 0; i < all.size(); i++) {
            Led one = all.get(i);
            FillTerms terms = values[i] == null && !loader.isAbsenceSure() ? NOT_STORED : one.terms;
            one.lead.loaded(sentAt, cost, values[i], terms, one.leased());
            one.element.become(values[i]);
        }
    }

    private @Nullable Renewal renew(List<Led> all) {
        List<Claim> leased = all.stream()
                .filter(Led::leased)
                .map(one -> new Claim(one.flight.key, one.flight.holder))
                .toList();
        return leased.isEmpty() ? null : engine.renewals(policy).start(leased, policy.maxLoad());
    }

    private @Nullable View open(List<Led> all) {
        try {
            return views.get();
        } catch (RuntimeException e) {
            engine.log.warn(
                    "view " + policy.cache(),
                    "Cache '{}': no view of the source to load {} elements for others; the caller loads them for itself ({})",
                    policy.cache(),
                    all.size(),
                    e.toString());
            for (Led one : all) {
                one.lead.abandon(one.leased());
                one.element.giveUp(BypassReason.TRANSACTION);
            }
            return null;
        }
    }

    /** The old values where all may answer; else nothing of the call is stored. */
    private void failed(List<Led> all, Throwable failure) throws Throwable {
        for (Led one : all) {
            Old old = one.lead.old(failure, one.terms, one.leased());
            if (old == null) {
                all.forEach(each -> each.lead.abandon(each.leased() && !each.element.isKnown()));
                throw failure;
            }
            one.element.become(old.value());
        }
    }
}
