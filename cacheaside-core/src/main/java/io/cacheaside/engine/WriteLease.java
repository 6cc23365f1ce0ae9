package io.cacheaside.engine;

import io.cacheaside.engine.Renewals.Renewal;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The lease of one key in the hands of a write, from before the write has read anything until it is told what becomes of the
 * entry. As that of a load it proves that no other write has ended meanwhile. Used by the write's thread; the timer only
 * prolongs.
 */
final class WriteLease {

    final String key;
    final long holder;
    final long takenAtNanos = System.nanoTime();
    private final Engine engine;
    private final CachePolicy policy;
    private final long doubts;
    private @Nullable Renewal renewal;
    private boolean over;

    private WriteLease(Engine engine, CachePolicy policy, String key) {
        this.engine = engine;
        this.policy = policy;
        this.key = key;
        this.holder = engine.flights.nextHolder();
        this.doubts = engine.journal.doubts();
    }

    /**
     * The lease of {@code key}; null where somebody else has it, a mark stands or the store does not answer in time. It is
     * not waited for: a writer that waits for a load is slower than one that removes what the load brings.
     */
    static @Nullable WriteLease take(Engine engine, CachePolicy policy, String key) {
        WriteLease lease = new WriteLease(engine, policy, key);
        if (!engine.isOpen() || engine.journal.holds(policy.cache(), key)) {
            return null;
        }
        CompletableFuture<LeaseAttempt> sent =
                Waiting.send(() -> engine.leases.acquire(key, lease.holder, policy.lease(), false));
        LeaseAttempt attempt =
                Waiting.uninterruptibly(() -> sent, policy.leaseTimeout()).value();
        if (attempt == null) {
            sent.thenAccept(late -> lease.free());
            return null;
        }
        if (!(attempt instanceof LeaseAttempt.Taken)) {
            return null;
        }
        lease.renewal = engine.renewals(policy).start(List.of(new Claim(key, lease.holder)), policy.maxLoad());
        return lease;
    }

    /** True where REPLACE may be asked: nothing that this JVM knows of speaks against the lease. */
    boolean isTrusted() {
        // a master that has lost the removal that revoked the lease would store all the same
        return !over && engine.journal.doubts() == doubts && !engine.journal.holds(policy.cache(), key);
    }

    /** The command that ends it is about to be sent; it is not prolonged any more. */
    void end() {
        over = true;
        if (renewal != null) {
            renewal.close();
        }
    }

    /** Ends it without a command that does; harmless where there was one. */
    void release() {
        if (!over) {
            end();
            free();
        }
    }

    private void free() {
        Waiting.send(() -> engine.leases.release(key, holder));
    }
}
