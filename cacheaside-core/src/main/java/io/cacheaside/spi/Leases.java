package io.cacheaside.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Time-bounded rights to load, one a key, across all JVMs. The holder id is the fencing token: unique for each flight,
 * never used again. The lease is for efficiency (fewer loads), the fence in {@link CacheStore#fill} for correctness.
 *
 * <p>Blocking, completion and threads: as in {@link CacheStore}.
 */
public interface Leases {

    /**
     * Looks at the value and takes the lease in one atomic step: an existing value is found (only if {@code look}), a
     * mark is told, a free lease is taken for {@code lease}, a taken one is busy and the caller is noted as a waiter. A
     * lease that is taken after the returned future failed is released by the adapter.
     *
     * @param look false to take the lease although there is a value, where that value was found to be unreadable
     */
    CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look);

    /**
     * As {@link #acquire} of each, asked for together, in as few trips as the adapter can. Each key's step is atomic, all of them
     * are not; each is answered for itself, in the order of {@code claims}, so that a master that is away takes only its own
     * keys' leases with it.
     *
     * @param claims of different keys
     */
    default List<CompletableFuture<LeaseAttempt>> acquireAll(List<Claim> claims, Duration lease, boolean look) {
        return claims.stream()
                .map(claim -> acquire(claim.key(), claim.holder(), lease, look))
                .toList();
    }

    /** Prolongs the lease to {@code lease} from now if {@code holder} still has it; false if it is gone. */
    CompletableFuture<Boolean> renew(String key, long holder, Duration lease);

    /** As {@link #renew} of each, together and answered as by {@link #acquireAll}. */
    default List<CompletableFuture<Boolean>> renewAll(List<Claim> claims, Duration lease) {
        return claims.stream()
                .map(claim -> renew(claim.key(), claim.holder(), lease))
                .toList();
    }

    /** Frees the lease and wakes its waiters if {@code holder} still has it; harmless otherwise. */
    CompletableFuture<Void> release(String key, long holder);

    /** As {@link #release} of each, together; completes normally when every master acknowledged every key. */
    default CompletableFuture<Void> releaseAll(List<Claim> claims) {
        return CompletableFuture.allOf(claims.stream()
                .map(claim -> release(claim.key(), claim.holder()))
                .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Runs {@code wake} each time the lease of {@code key} may have become free, on any thread, possibly without need
     * (after a lost connection all waiters are woken). To miss no wake-up, register before {@link #acquire}.
     */
    Registration onWakeUp(String key, Runnable wake);

    /** How long to wait for a wake-up at most before looking again; shorter while wake-ups may get lost. */
    Duration longestWait();

    /** A waiter's entry; {@link #close} removes it and may be called twice. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
