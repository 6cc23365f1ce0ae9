package io.cacheaside;

import io.cacheaside.entry.Cached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client does with keys that were written down: complete ones ({@code <namespace>:<cache>:…}), or
 * {@code <cache>:<rest>} for the client to complete. A text that begins with the namespace and a colon is complete. They are
 * taken as they are, so whoever puts values into one encodes {@code %}, {@code :} and braces in them as templates do; for keys
 * of one value {@link CacheAsideClient#cache} does that.
 */
abstract sealed class WrittenKeys permits CacheAsideClient {

    /** Not for applications to extend. */
    WrittenKeys() {}

    abstract Handles handles();

    /** {@link #getOrLoad(String, TypeRef, Duration, KeyLoader)} for a type without arguments. */
    public <V, X extends Throwable> @Nullable V getOrLoad(
            String key, Class<V> type, Duration ttl, KeyLoader<? super String, ? extends V, X> loader) throws X {
        return getOrLoad(key, TypeRef.of(type), ttl, loader);
    }

    /**
     * The value of {@code key}, from the cache or from {@code loader}, as {@link Cache#getOrLoad} answers it.
     *
     * @param key complete, or {@code <cache>:<rest>}
     * @param type of all values of its cache
     * @param ttl as an annotation has it: the configuration of the cache goes before it
     * @throws X what {@code loader} throws, or that of the call whose load this one has waited for
     * @throws IllegalArgumentException where the key is null or no template could render it
     * @throws io.cacheaside.error.ConfigurationException where the cache holds other values, or the settings contradict each
     *     other
     */
    public <V, X extends Throwable> @Nullable V getOrLoad(
            String key, TypeRef<V> type, Duration ttl, KeyLoader<? super String, ? extends V, X> loader) throws X {
        return handle(key, type, ttl).getOrLoad(key, loader);
    }

    /** {@link #getAllOrLoad(Collection, TypeRef, Duration, KeysLoader)} for a type without arguments. */
    public <V, X extends Throwable> Map<String, V> getAllOrLoad(
            Collection<String> keys, Class<V> type, Duration ttl, KeysLoader<String, V, X> loader) throws X {
        return getAllOrLoad(keys, TypeRef.of(type), ttl, loader);
    }

    /** The values of {@code keys}, all of one cache, as {@link Cache#getAllOrLoad} answers them; else as {@link #getOrLoad}. */
    public <V, X extends Throwable> Map<String, V> getAllOrLoad(
            Collection<String> keys, TypeRef<V> type, Duration ttl, KeysLoader<String, V, X> loader) throws X {
        List<String> all = new ArrayList<>(keys);
        return all.isEmpty() ? Map.of() : handle(all.get(0), type, ttl).getAllOrLoad(all, loader);
    }

    /** {@link #peek(String, TypeRef)} for a type without arguments. */
    public <V> Cached<V> peek(String key, Class<V> type) {
        return peek(key, TypeRef.of(type));
    }

    /** What the cache has for {@code key} now, as {@link Cache#peek} answers it. */
    public <V> Cached<V> peek(String key, TypeRef<V> type) {
        return handle(key, type, null).peek(key);
    }

    /** {@link #warm(Collection, TypeRef, Duration, KeysLoader)} for a type without arguments. */
    public <V> Warmed warm(Collection<String> keys, Class<V> type, Duration ttl, KeysLoader<String, V, ?> loader) {
        return warm(keys, TypeRef.of(type), ttl, loader);
    }

    /** Loads those of {@code keys}, all of one cache, that are missing, as {@link Cache#warm(Collection, KeysLoader)} does. */
    public <V> Warmed warm(Collection<String> keys, TypeRef<V> type, Duration ttl, KeysLoader<String, V, ?> loader) {
        List<String> all = new ArrayList<>(keys);
        return all.isEmpty()
                ? new Warmed(0, 0, 0, 0, 0, null, Duration.ZERO)
                : handle(all.get(0), type, ttl).warm(all, loader);
    }

    private <V> Cache<String, V> handle(String key, TypeRef<V> type, @Nullable Duration ttl) {
        CacheAsideClient client = (CacheAsideClient) this;
        return handles().written(client, handles().written(client, key).cache(), type, ttl);
    }
}
