package io.cacheaside.verification.decoder;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store in whose every slot an attacker has put the same bytes. Nobody gets a lease. */
final class HostileSlots implements CacheStore, Leases {

    private volatile byte @Nullable [] bytes;

    /** What readers find from now on. */
    void put(byte[] hostile) {
        bytes = hostile;
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return CompletableFuture.completedFuture(bytes);
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle) {
        return get(key);
    }

    @Override
    public CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
        return CompletableFuture.completedFuture(FillOutcome.REVOKED);
    }

    @Override
    public CompletableFuture<Void> mark(Collection<String> keys, long token, Duration ttl) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> remove(Collection<Removal> removals) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> removeAll(String prefix) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look) {
        return CompletableFuture.completedFuture(new LeaseAttempt.Refused("an attacker's store"));
    }

    @Override
    public CompletableFuture<Boolean> renew(String key, long holder, Duration lease) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletableFuture<Void> release(String key, long holder) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Registration onWakeUp(String key, Runnable wake) {
        return () -> {};
    }

    @Override
    public Duration longestWait() {
        return Duration.ofSeconds(1);
    }
}
