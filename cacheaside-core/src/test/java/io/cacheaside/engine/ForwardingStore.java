package io.cacheaside.engine;

import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store in memory; what is to go wrong in it is overridden. */
class ForwardingStore implements CacheStore {

    private final CacheStore memory = new MemorySlots(Ticker.system()).store();

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return memory.get(key);
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle) {
        return memory.getAndTouch(key, idle);
    }

    @Override
    public CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
        return memory.fill(key, holder, frame, ttl);
    }

    @Override
    public CompletableFuture<Void> mark(Collection<String> keys, long token, Duration ttl) {
        return memory.mark(keys, token, ttl);
    }

    @Override
    public CompletableFuture<Void> remove(Collection<Removal> removals) {
        return memory.remove(removals);
    }

    @Override
    public CompletableFuture<Void> removeAll(String prefix) {
        return memory.removeAll(prefix);
    }
}
