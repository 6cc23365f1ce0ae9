package io.cacheaside.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The shared tier: one slot of bytes a key, on one master each. Keys are complete ({@code <namespace>:<cache>:…}).
 *
 * <p>No method blocks. Every future completes, if not with an answer then exceptionally within the adapter's deadline;
 * a command whose future failed may still execute later. Callers may wait for less time than the adapter does. Futures
 * may complete on an I/O thread: a dependent stage must not block.
 */
public interface CacheStore {

    /**
     * The value of {@code key}, or null where there is none (or one of a foreign Redis type). The read is sent to the
     * master after this call began, never joined to a trip that was already sent.
     */
    CompletableFuture<byte @Nullable []> get(String key);

    /**
     * Stores {@code frame} for {@code ttl} (positive, rounded up to milliseconds), frees the lease and wakes its
     * waiters, in one atomic step, if and only if {@code holder} still holds the lease of {@code key}. The only command
     * that stores anything.
     */
    CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl);

    /**
     * Removes the values of all {@code keys} and revokes their leases, each key atomically, all keys pipelined. Completes
     * normally when every master acknowledged every key; harmless when executed twice or late.
     */
    CompletableFuture<Void> invalidate(Collection<String> keys);
}
