package io.cacheaside.engine;

import io.cacheaside.policy.CachePolicy;
import java.util.Map;
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
        return start(engine, policy, Map.of(key, holder));
    }

    /** {@code holders} by their keys. */
    static Renewal start(Engine engine, CachePolicy policy, Map<String, Long> holders) {
        Map<String, Long> held = new ConcurrentHashMap<>(holders);
        Renewal renewal = new Renewal();
        long last = System.nanoTime() + policy.maxLoad().toNanos();
        long period = policy.lease().toNanos() / 3;
        Runnable renew = () -> {
            if (System.nanoTime() + period > last) {
                renewal.close();
            } else {
                held.forEach((key, holder) -> Waiting.send(() -> engine.leases.renew(key, holder, policy.lease()))
                        .thenAccept(still -> {
                            if (!still && held.remove(key) != null && held.isEmpty()) {
                                renewal.close();
                            }
                        }));
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
