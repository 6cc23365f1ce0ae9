package io.cacheaside.engine;

import io.cacheaside.policy.CachePolicy;
import io.cacheaside.spi.Claim;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prolongs leases every third of their lifetime while their holder is at work, for {@code maxLoad} at most. */
final class Renewal implements AutoCloseable {

    static final Renewal NONE = new Renewal();

    private volatile @Nullable Future<?> task;

    private Renewal() {}

    static Renewal start(Engine engine, CachePolicy policy, String key, long holder) {
        return start(engine, policy, List.of(new Claim(key, holder)));
    }

    static Renewal start(Engine engine, CachePolicy policy, Collection<Claim> leases) {
        Set<Claim> held = ConcurrentHashMap.newKeySet();
        held.addAll(leases);
        Renewal renewal = new Renewal();
        long last = System.nanoTime() + policy.maxLoad().toNanos();
        long period = policy.lease().toNanos() / 3;
        Runnable renew = () -> {
            if (System.nanoTime() + period > last) {
                renewal.close();
            } else {
                renewal.renew(engine, policy, held);
            }
        };
        try {
            renewal.task = engine.timer.scheduleAtFixedRate(renew, period, period, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return NONE; // the client was closed meanwhile: the lease simply ends
        }
        return renewal;
    }

    private void renew(Engine engine, CachePolicy policy, Set<Claim> held) {
        List<Claim> claims = List.copyOf(held);
        List<CompletableFuture<Boolean>> answers =
                Waiting.sendAll(claims.size(), () -> engine.leases.renewAll(claims, policy.lease()));
        for (int i = 0; i < answers.size(); i++) {
            Claim claim = claims.get(i);
            answers.get(i).thenAccept(still -> {
                if (!still && held.remove(claim) && held.isEmpty()) {
                    close();
                }
            });
        }
    }

    @Override
    public void close() {
        Future<?> scheduled = task;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }
}
