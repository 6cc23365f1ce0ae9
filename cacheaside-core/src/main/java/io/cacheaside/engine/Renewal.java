package io.cacheaside.engine;

import io.cacheaside.policy.CachePolicy;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prolongs a lease every third of its lifetime while its holder is at work, for {@code maxLoad} at most. */
final class Renewal implements AutoCloseable {

    static final Renewal NONE = new Renewal();

    private volatile @Nullable Future<?> task;

    private Renewal() {}

    static Renewal start(Engine engine, CachePolicy policy, String key, long holder) {
        Renewal renewal = new Renewal();
        long last = System.nanoTime() + policy.maxLoad().toNanos();
        long period = policy.lease().toNanos() / 3;
        Runnable renew = () -> {
            if (System.nanoTime() + period > last) {
                renewal.close();
            } else {
                Waiting.send(() -> engine.leases.renew(key, holder, policy.lease()))
                        .thenAccept(held -> {
                            if (!held) {
                                renewal.close();
                            }
                        });
            }
        };
        try {
            renewal.task = engine.timer.scheduleAtFixedRate(renew, period, period, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return NONE; // the client was closed meanwhile: the lease simply ends
        }
        return renewal;
    }

    @Override
    public void close() {
        Future<?> scheduled = task;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }
}
