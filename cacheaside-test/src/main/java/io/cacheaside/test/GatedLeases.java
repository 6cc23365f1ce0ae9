package io.cacheaside.test;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import io.cacheaside.test.GatedSlots.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Leases that follow what a test has ordered from its {@link GatedSlots}. */
final class GatedLeases implements Leases {

    private final GatedSlots gates;
    private final Leases target;

    GatedLeases(GatedSlots gates, Leases target) {
        this.gates = gates;
        this.target = target;
    }

    @Override
    public CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look) {
        gates.noteHolder(key, holder);
        return gates.through(Operation.ACQUIRE, key, () -> target.acquire(key, holder, lease, look));
    }

    @Override
    public List<CompletableFuture<LeaseAttempt>> acquireAll(List<Claim> claims, Duration lease, boolean look) {
        if (!gates.passesTogether(Operation.ACQUIRE, claims.stream().map(Claim::key))) {
            return Leases.super.acquireAll(claims, lease, look);
        }
        claims.forEach(claim -> gates.noteHolder(claim.key(), claim.holder()));
        return gates.counted(Operation.ACQUIRE, target.acquireAll(claims, lease, look));
    }

    @Override
    public List<CompletableFuture<Boolean>> renewAll(List<Claim> claims, Duration lease) {
        return gates.renews()
                        && gates.passesTogether(Operation.RENEW, claims.stream().map(Claim::key))
                ? gates.counted(Operation.RENEW, target.renewAll(claims, lease))
                : Leases.super.renewAll(claims, lease);
    }

    @Override
    public CompletableFuture<Void> releaseAll(List<Claim> claims) {
        if (!gates.passesTogether(Operation.RELEASE, claims.stream().map(Claim::key))) {
            return Leases.super.releaseAll(claims);
        }
        CompletableFuture<Void> released = target.releaseAll(claims);
        return released.whenComplete((done, failure) -> gates.count(Operation.RELEASE, claims.size()));
    }

    @Override
    public CompletableFuture<Boolean> renew(String key, long holder, Duration lease) {
        return gates.renews()
                ? gates.through(Operation.RENEW, key, () -> target.renew(key, holder, lease))
                : GatedSlots.stopped();
    }

    @Override
    public CompletableFuture<Void> release(String key, long holder) {
        return gates.through(Operation.RELEASE, key, () -> target.release(key, holder));
    }

    @Override
    public Registration onWakeUp(String key, Runnable wake) {
        return target.onWakeUp(key, wake);
    }

    @Override
    public Duration longestWait() {
        return target.longestWait();
    }
}
