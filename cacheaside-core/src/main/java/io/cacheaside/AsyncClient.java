package io.cacheaside;

import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a {@link CacheAsideClient} that take written keys, with futures. Threads, failures and transactions as
 * {@link AsyncCache} has them; collections are copied. Thread-safe.
 */
public final class AsyncClient {

    private final CacheAsideClient client;
    private final AsyncCalls calls;

    AsyncClient(CacheAsideClient client, AsyncCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /** As {@link CacheAsideClient#getOrLoad(String, Class, Duration, KeyLoader)}. */
    public <V> CompletableFuture<@Nullable V> getOrLoad(
            String key, Class<V> type, Duration ttl, KeyLoader<? super String, ? extends V, ?> loader) {
        return getOrLoad(key, TypeRef.of(type), ttl, loader);
    }

    /** As {@link CacheAsideClient#getOrLoad(String, TypeRef, Duration, KeyLoader)}. */
    public <V> CompletableFuture<@Nullable V> getOrLoad(
            String key, TypeRef<V> type, Duration ttl, KeyLoader<? super String, ? extends V, ?> loader) {
        return calls.begin(() -> client.getOrLoad(key, type, ttl, loader));
    }

    /** As {@link CacheAsideClient#getAllOrLoad(Collection, Class, Duration, KeysLoader)}. */
    public <V> CompletableFuture<Map<String, V>> getAllOrLoad(
            Collection<String> keys, Class<V> type, Duration ttl, KeysLoader<String, V, ?> loader) {
        return getAllOrLoad(keys, TypeRef.of(type), ttl, loader);
    }

    /** As {@link CacheAsideClient#getAllOrLoad(Collection, TypeRef, Duration, KeysLoader)}. */
    public <V> CompletableFuture<Map<String, V>> getAllOrLoad(
            Collection<String> keys, TypeRef<V> type, Duration ttl, KeysLoader<String, V, ?> loader) {
        List<String> copy = new ArrayList<>(keys);
        return calls.begin(() -> client.getAllOrLoad(copy, type, ttl, loader));
    }

    /** As {@link CacheAsideClient#peek(String, Class)}. */
    public <V> CompletableFuture<Cached<V>> peek(String key, Class<V> type) {
        return peek(key, TypeRef.of(type));
    }

    /** As {@link CacheAsideClient#peek(String, TypeRef)}. */
    public <V> CompletableFuture<Cached<V>> peek(String key, TypeRef<V> type) {
        return calls.begin(() -> client.peek(key, type));
    }

    /** As {@link CacheAsideClient#explain}. */
    public CompletableFuture<Explanation> explain(String key) {
        return calls.begin(() -> client.explain(key));
    }

    /** As {@link CacheAsideClient#warm(Collection, Class, Duration, KeysLoader)}. */
    public <V> CompletableFuture<Warmed> warm(
            Collection<String> keys, Class<V> type, Duration ttl, KeysLoader<String, V, ?> loader) {
        return warm(keys, TypeRef.of(type), ttl, loader);
    }

    /** As {@link CacheAsideClient#warm(Collection, TypeRef, Duration, KeysLoader)}. */
    public <V> CompletableFuture<Warmed> warm(
            Collection<String> keys, TypeRef<V> type, Duration ttl, KeysLoader<String, V, ?> loader) {
        List<String> copy = new ArrayList<>(keys);
        return calls.begin(() -> client.warm(copy, type, ttl, loader));
    }

    /** As {@link CacheAsideClient#invalidate(String...)}; inside a transaction as {@link AsyncCache#invalidate(Object[])}. */
    public CompletableFuture<@Nullable Void> invalidate(String... keys) {
        String[] copy = keys.clone();
        return calls.write(client.isInTransaction(), () -> client.invalidate(copy));
    }

    /** As {@link CacheAsideClient#invalidateAll}; inside a transaction as {@link AsyncCache#invalidate(Object[])}. */
    public CompletableFuture<@Nullable Void> invalidateAll(String cache) {
        return calls.write(client.isInTransaction(), () -> client.invalidateAll(cache));
    }

    /** As {@link CacheAsideClient#invalidateTags}; inside a transaction as {@link AsyncCache#invalidate(Object[])}. */
    public CompletableFuture<@Nullable Void> invalidateTags(Collection<String> tags) {
        List<String> copy = new ArrayList<>(tags);
        return calls.write(client.isInTransaction(), () -> client.invalidateTags(copy));
    }
}
