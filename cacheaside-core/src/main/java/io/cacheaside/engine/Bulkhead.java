package io.cacheaside.engine;

import io.cacheaside.error.LoadRejectedException;
import io.cacheaside.policy.CachePolicy;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the loads of one cache that run in this JVM without a lease: while the store is down nothing else keeps callers
 * of many keys from the source all at once. A load that has a lease takes no place: there is one a key in all JVMs.
 *
 * <p>A load that runs inside another one takes no place either, in whatever cache: the other may be waited for by those
 * who have the places.
 */
final class Bulkhead {

    /** Held while a load runs. Used by one thread. */
    interface Place extends AutoCloseable {

        /** For a load that needs none. */
        Place NONE = () -> {};

        @Override
        void close();
    }

    private final CachePolicy policy;
    private final ThreadLocal<@Nullable Flight> loading;
    private final ThreadLocal<@Nullable Boolean> inside;
    private final Semaphore places;

    /** {@code loading} is set on threads that load for a flight, {@code inside} on those that hold a place anywhere. */
    Bulkhead(CachePolicy policy, ThreadLocal<@Nullable Flight> loading, ThreadLocal<@Nullable Boolean> inside) {
        this.policy = policy;
        this.loading = loading;
        this.inside = inside;
        this.places = new Semaphore(policy.maxLoads());
    }

    /**
     * A place, waited for until {@code end} (of {@link System#nanoTime}), or by then {@link Place#NONE} where the policy
     * lets the load run all the same. An interrupt ends the wait and stays set.
     *
     * @throws LoadRejectedException where the policy rejects it
     */
    Place enter(long end) {
        if (inside.get() != null || loading.get() != null) {
            return Place.NONE;
        }
        if (!places.tryAcquire() && !waitUntil(end)) {
            if (policy.rejectLoads()) {
                throw new LoadRejectedException("Cache '" + policy.cache() + "': " + policy.maxLoads()
                        + " loads without lease run already, and none ended in time. Raise max-loads or wait-for, or set"
                        + " reject-loads = false");
            }
            return Place.NONE;
        }
        inside.set(true);
        return () -> {
            inside.remove();
            places.release();
        };
    }

    private boolean waitUntil(long end) {
        try {
            return places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
