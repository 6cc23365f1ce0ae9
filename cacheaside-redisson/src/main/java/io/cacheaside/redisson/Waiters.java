package io.cacheaside.redisson;

import io.cacheaside.spi.Leases;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who waits in this JVM, by key. */
final class Waiters {

    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    private final ConcurrentHashMap<String, Set<Waiter>> byKey = new ConcurrentHashMap<>();

    Leases.Registration register(String key, Runnable wake) {
        Waiter waiter = new Waiter(wake);
        byKey.compute(key, (same, waiters) -> {
            Set<Waiter> set = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
            set.add(waiter);
            return set;
        });
        return () -> byKey.computeIfPresent(key, (same, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    void wake(String key) {
        Set<Waiter> waiters = byKey.get(key);
        if (waiters != null) {
            waiters.forEach(Waiter::wake);
        }
    }

    void wakeAll() {
        byKey.values().forEach(waiters -> waiters.forEach(Waiter::wake));
    }

    /** Two waiters are never equal, even if they run the same. */
    private static final class Waiter {
        private final Runnable action;

        Waiter(Runnable action) {
            this.action = action;
        }

        void wake() {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("a waiter for a lease failed to wake up", e);
            }
        }
    }
}
