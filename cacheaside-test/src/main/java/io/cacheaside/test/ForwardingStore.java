package io.cacheaside.test;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.StoreWatch;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store that passes to another one what it must answer itself; what is to go otherwise is overridden. What the port answers
 * by default is not passed on but runs over these methods, so that it meets what is overridden, too: several keys go key by
 * key, a replacement only removes, and there are no indexes of tags.
 */
public abstract class ForwardingStore implements CacheStore {

    private final CacheStore target;

    /** A store in front of {@code target}. */
    protected ForwardingStore(CacheStore target) {
        this.target = target;
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
        return target.remove(removals);
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
