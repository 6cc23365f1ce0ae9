package io.cacheaside.engine;

import io.cacheaside.entry.Lookup;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.RefreshState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to replace a value before its end, in the background.
 * <ol>
 *   <li>It leads a flight like a reader that has missed, so that readers that miss meanwhile join it. Where another flight is
 *       open it does nothing.
 *   <li>It takes the lease without looking for a value, because one is there. Where the lease is taken or the key marked it
 *       does nothing: somebody else loads or writes. Nor does it where the key cannot be registered under its tags.
 *   <li>It asks for the value again. Only the holder of the lease stores, so where that is still the value which was seen,
 *       nobody else has replaced it or will; where it is another one, or none, there is nothing to do. So two JVMs that saw
 *       the same value load it once, however late one of them comes.
 *   <li>It loads and fills as every leader does ({@link Lead}): an invalidation meanwhile has revoked the lease, and FILL
 *       stores nothing.
 *   <li>A result that may not be stored says that the old value should not be there: it is removed, by the same command as an
 *       invalidation removes it. That is harmless where it comes late or twice.
 *   <li>A load that throws leaves the old value.
 * </ol>
 */
final class Refresh implements Runnable {

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final Function<Flight, Lead> leads;
    private final String key;
    private final long created;
    private final long end;
    private final Loader loader;
    private final @Nullable FillTerms terms;
    private final Tagging tagging;
    private final Duration pause;
    private @Nullable Throwable thrown;

    /** {@code pause}: how long nobody of this JVM tries again where nothing was stored. */
    Refresh(
            Engine engine,
            CachePolicy policy,
            Entries entries,
            Function<Flight, Lead> leads,
            String key,
            Lookup.Value seen,
            Loader loader,
            @Nullable FillTerms terms,
            Tagging tagging,
            Duration pause) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.leads = leads;
        this.key = key;
        this.created = seen.createdMillis();
        this.end = seen.softDeadlineMillis();
        this.loader = loader;
        this.terms = terms;
        this.tagging = tagging;
        this.pause = pause;
    }

    @Override
    public void run() {
        CompletableFuture<@Nullable RefreshState> ended;
        try {
            ended = attempt();
        } catch (Throwable failure) {
            ended = failed(failure);
        }
        ended.whenComplete((state, unknown) -> {
            engine.refreshes.ended(key, state == RefreshState.STORED ? Duration.ZERO : pause);
            if (state != null) {
                engine.listener.refresh(policy.cache(), state);
            }
        });
    }

    /** How it ended; null where it was not begun. */
    private CompletableFuture<@Nullable RefreshState> attempt() throws Throwable {
        Flight flight = engine.flights.newFlight(key, null);
        if (engine.journal.holds(policy.cache(), key) || engine.flights.joinOrLead(flight) != null) {
            return state(null);
        }
        try {
            Lead lead = leads.apply(flight);
            return takesLease(flight, lead) ? load(flight, lead) : state(null);
        } finally {
            engine.flights.close(flight);
            flight.land(FlightResult.nothing());
        }
    }

    private boolean takesLease(Flight flight, Lead lead) {
        Tagging.send(engine, policy, List.of(lead.tagged(tagging)));
        CompletableFuture<LeaseAttempt> sent =
                Waiting.send(() -> engine.leases.acquire(key, flight.holder, policy.lease(), false));
        LeaseAttempt attempt =
                Waiting.answer(sent, policy.leaseTimeout().toNanos()).value();
        if (attempt instanceof LeaseAttempt.Taken && isStillThere() && lead.isRegistered()) {
            return true;
        }
        // also where the answer comes too late
        sent.thenAccept(taken -> {
            if (taken instanceof LeaseAttempt.Taken) {
                Waiting.send(() -> engine.leases.release(key, flight.holder));
            }
        });
        return false;
    }

    private boolean isStillThere() {
        byte[] frame = Waiting.answer(() -> engine.store.get(key), policy.readTimeout())
                .value();
        Lookup.Value now = frame == null ? null : entries.header(key, frame);
        return now != null && now.createdMillis() == created && now.softDeadlineMillis() == end;
    }

    private CompletableFuture<@Nullable RefreshState> load(Flight flight, Lead lead) throws Throwable {
        engine.listener.refresh(policy.cache(), RefreshState.STARTED);
        Object value = lead.load(this::noted, terms, true);
        if (thrown != null) {
            return failed(thrown);
        }
        CompletableFuture<Boolean> accepted = flight.result().join().accepted();
        if (value == Lead.NO_VIEW) {
            return state(RefreshState.FAILED);
        }
        if (accepted != FlightResult.NOT_ACCEPTED) {
            return accepted.thenApply(stored -> stored ? RefreshState.STORED : RefreshState.VOIDED);
        }
        return engine.journal.holds(policy.cache(), key) ? state(RefreshState.VOIDED) : removed();
    }

    /** An old value may answer in the place of what was thrown. */
    private @Nullable Object noted() throws Throwable {
        try {
            return loader.load();
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        }
    }

    private CompletableFuture<@Nullable RefreshState> removed() {
        return Waiting.send(() -> engine.store.invalidate(List.of(key)))
                .handle((done, failure) -> failure == null ? RefreshState.REMOVED : RefreshState.FAILED);
    }

    private CompletableFuture<@Nullable RefreshState> failed(Throwable failure) {
        engine.log.warn(
                "refresh " + policy.cache(),
                "Cache '{}': the load of {} in the background failed; its value stays until its end",
                policy.cache(),
                key,
                failure);
        return state(RefreshState.FAILED);
    }

    private static CompletableFuture<@Nullable RefreshState> state(@Nullable RefreshState state) {
        return CompletableFuture.completedFuture(state);
    }
}
