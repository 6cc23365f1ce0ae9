package io.cacheaside;

import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Cache} whose methods return futures. Each call is the blocking one, on a thread of the
 * {@linkplain CacheAsideClientBuilder#asyncCalls(java.util.concurrent.Executor) client's executor}: loaders run there and may block, and so may what depends on the
 * future. A future fails with what the blocking call throws, or with a {@link RejectedExecutionException} where too many calls
 * wait for a thread or the client was closed before it had one. Cancelling a future does not stop its call. A loader must not
 * wait for a future of this client: all threads could do that.
 *
 * <p>The caller's transaction does not go along: a read neither sees its rows nor stores less for it. Only invalidations do, see
 * there. Thread-safe.
 */
public final class AsyncCache<K, V> {

    private final Cache<K, V> cache;
    private final AsyncCalls calls;

    AsyncCache(Cache<K, V> cache, AsyncCalls calls) {
        this.cache = cache;
        this.calls = calls;
    }

    /** As {@link Cache#getOrLoad}. */
    public CompletableFuture<@Nullable V> getOrLoad(K key, KeyLoader<? super K, ? extends V, ?> loader) {
        return calls.begin(() -> cache.getOrLoad(key, loader));
    }

    /** As {@link Cache#getAllOrLoad}. {@code keys} is copied. */
    public CompletableFuture<Map<K, V>> getAllOrLoad(Collection<? extends K> keys, KeysLoader<K, V, ?> loader) {
        List<K> copy = cache.copied(keys);
        return calls.begin(() -> cache.getAllOrLoad(copy, loader));
    }

    /** As {@link Cache#peek}. */
    public CompletableFuture<Cached<V>> peek(K key) {
        return calls.begin(() -> cache.peek(key));
    }

    /** As {@link Cache#explain}. */
    public CompletableFuture<Explanation> explain(K key) {
        return calls.begin(() -> cache.explain(key));
    }

    /** As {@link Cache#warm(Collection, KeysLoader)}. {@code keys} is copied. */
    public CompletableFuture<Warmed> warm(Collection<? extends K> keys, KeysLoader<K, V, ?> loader) {
        List<K> copy = cache.copied(keys);
        return calls.begin(() -> cache.warm(copy, loader));
    }

    /** As {@link Cache#warm(Collection, KeysLoader, int, Consumer)}. {@code keys} is copied. */
    public CompletableFuture<Warmed> warm(
            Collection<? extends K> keys, KeysLoader<K, V, ?> loader, int threads, Consumer<? super Warmed> progress) {
        List<K> copy = cache.copied(keys);
        return calls.begin(() -> cache.warm(copy, loader, threads, progress));
    }

    /**
     * As {@link Cache#invalidate(Object[])}. Inside a transaction nothing has to be waited for: the call belongs to it before this
     * returns, as the blocking one does, and the removal follows its completion.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final CompletableFuture<@Nullable Void> invalidate(K... keys) {
        return invalidate(Arrays.asList(keys));
    }

    /** As {@link #invalidate(Object[])}. {@code keys} is copied. */
    public CompletableFuture<@Nullable Void> invalidate(Collection<? extends K> keys) {
        List<K> copy = cache.copied(keys);
        return calls.write(cache.isInTransaction(), () -> cache.invalidate(copy));
    }

    /** As {@link Cache#invalidateAll}; inside a transaction as {@link #invalidate(Object[])}. */
    public CompletableFuture<@Nullable Void> invalidateAll() {
        return calls.write(cache.isInTransaction(), cache::invalidateAll);
    }
}
