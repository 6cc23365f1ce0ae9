package io.cacheaside.engine;

import io.cacheaside.entry.EarlyExpiration;
import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.RefreshState;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the values that answer the reads of one cache, and has those loaded again in the background whose end is near: in
 * the window of refresh-ahead, or by {@link EarlyExpiration}. Remembered absences are left alone, and so is a value that does
 * not tell its end, because it was stored before its cache was so configured.
 */
final class EarlyRefresh {

    private static final long SHORTEST_PAUSE = 10;
    private static final long LONGEST_PAUSE = 1_000;

    private final Engine engine;
    private final CachePolicy policy;
    private final Entries entries;
    private final Function<Flight, Lead> leads;

    /** {@code leads} makes the leader of a flight. */
    EarlyRefresh(Engine engine, CachePolicy policy, Entries entries, Function<Flight, Lead> leads) {
        this.engine = engine;
        this.policy = policy;
        this.entries = entries;
        this.leads = leads;
    }

    /** {@code seen} answers a read of {@code key} on the calling thread. Returns at once and throws nothing. */
    void seen(String key, Lookup.Value seen, Loader loader, @Nullable FillTerms terms) {
        long now = System.currentTimeMillis();
        if (!isDue(seen, now) || !engine.refreshes.begin(key)) {
            return;
        }
        Duration pause = pause(seen.softDeadlineMillis() - now);
        if (!submit(key, seen, loader, terms, pause)) {
            engine.refreshes.ended(key, pause);
            engine.listener.refresh(policy.cache(), RefreshState.REJECTED);
        }
    }

    private boolean isDue(Lookup.Value seen, long now) {
        long end = seen.softDeadlineMillis();
        long lifetime = end - seen.createdMillis();
        if (end == Frame.NO_DEADLINE || isPostponed(lifetime)) {
            return false;
        }
        long window = policy.refreshAhead().millisOf(lifetime);
        return end - now <= window && window < lifetime
                || policy.earlyExpiration() > 0
                        && EarlyExpiration.isDue(
                                now, end, seen.loadCostNanos(), policy.earlyExpiration(), engine.random.getAsDouble());
    }

    /** True for a value whose load has failed: {@link StaleIfError} says when the source is asked again. */
    private boolean isPostponed(long lifetime) {
        return !policy.staleFor().isZero() && lifetime > policy.ttl().toMillis();
    }

    /** What goes wrong here is not the reader's, who has its answer. */
    private boolean submit(String key, Lookup.Value seen, Loader loader, @Nullable FillTerms terms, Duration pause) {
        try {
            Loader detached = loader.detached();
            // now: the caller may change what its arguments say as soon as it has its answer
            Tagging tagging = Tagging.of(key, terms);
            return engine.refreshes.submit(
                    new Refresh(engine, policy, entries, leads, key, seen, detached, terms, tagging, pause));
        } catch (RuntimeException | LinkageError e) {
            engine.log.warn(
                    "background " + policy.cache(),
                    "Cache '{}': {} cannot be loaded in the background",
                    policy.cache(),
                    key,
                    e);
            return false;
        }
    }

    /** A tenth of what is left: an attempt that came to nothing is repeated, but does not press a source that fails. */
    private static Duration pause(long leftMillis) {
        return Duration.ofMillis(Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE, leftMillis / 10)));
    }
}
