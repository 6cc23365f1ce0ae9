package io.cacheaside.verification;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.StoreWatch;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A store that knows when the removal of each key was acknowledged for the first time. */
final class Acknowledged implements CacheStore {

    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final CacheStore target;

    Acknowledged(CacheStore target) {
        this.target = target;
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
    public CompletableFuture<byte @Nullable []> get(String key) {
        return target.get(key);
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle) {
        return target.getAndTouch(key, idle);
    }

    @Override
    public CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
        return target.fill(key, holder, frame, ttl);
    }

    @Override
    public CompletableFuture<Void> mark(Collection<String> keys, long token, Duration ttl) {
        return target.mark(keys, token, ttl);
    }

    @Override
    public CompletableFuture<Void> remove(Collection<Removal> removals) {
        return target.remove(removals).thenRun(() -> {
            long now = System.nanoTime();
            removals.forEach(removal -> at.putIfAbsent(removal.key(), now));
        });
    }

    @Override
    public CompletableFuture<Void> removeAll(String prefix) {
        return target.removeAll(prefix);
    }

    @Override
    public void watch(StoreWatch watch) {
        target.watch(watch);
    }
}
