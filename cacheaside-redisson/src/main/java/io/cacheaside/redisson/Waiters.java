package io.cacheaside.redisson;

import io.cacheaside.spi.Leases;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who waits in this JVM, by key. */
final class Waiters {

    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    private final ConcurrentHashMap<String, List<Waiter>> byKey = new ConcurrentHashMap<>();

    Leases.Registration register(String key, Runnable wake) {
        Waiter waiter = new Waiter(wake);
        byKey.merge(key, List.of(waiter), Waiters::both);
        return () -> byKey.computeIfPresent(key, (same, waiters) -> without(waiter, waiters));
    }

    private static List<Waiter> both(List<Waiter> some, List<Waiter> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static @Nullable List<Waiter> without(Waiter gone, List<Waiter> waiters) {
        if (waiters.size() == 1) {
            return waiters.get(0) == gone ? null : waiters;
        }
        return waiters.stream().filter(waiter -> waiter != gone).toList();
    }

    /** True where nobody waits. */
    boolean isEmpty() {
        return byKey.isEmpty();
    }

    void wake(String key) {
        List<Waiter> waiters = byKey.get(key);
        if (waiters != null) {
            waiters.forEach(Waiter::wake);
        }
    }

    void wakeAll() {
        byKey.values().forEach(waiters -> waiters.forEach(Waiter::wake));
    }

    /** One registration; others may run the same. */
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
