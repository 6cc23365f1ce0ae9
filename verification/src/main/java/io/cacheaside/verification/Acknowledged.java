package io.cacheaside.verification;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Removal;
import io.cacheaside.test.ForwardingStore;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A store that knows when the removal of each key was acknowledged for the first time. */
final class Acknowledged extends ForwardingStore {

    private final Map<String, Long> at = new ConcurrentHashMap<>();

    Acknowledged(CacheStore target) {
        super(target);
    }

    /** How many keys have been acknowledged. */
    int keys() {
        return at.size();
    }

    /** Microseconds from {@code begin} to the acknowledgement of {@code key}, which has come. */
    long micros(String key, long begin) {
        return (Objects.requireNonNull(at.get(key)) - begin) / 1000;
    }

    @Override
    public CompletableFuture<Void> remove(Collection<Removal> removals) {
        return super.remove(removals).thenRun(() -> {
            long now = System.nanoTime();
            removals.forEach(removal -> at.putIfAbsent(removal.key(), now));
        });
    }
}
