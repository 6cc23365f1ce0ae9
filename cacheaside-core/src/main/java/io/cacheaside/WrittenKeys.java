package io.cacheaside;

import io.cacheaside.engine.KeyGroup;
import io.cacheaside.engine.Stale;
import io.cacheaside.engine.StaleGroup;
import io.cacheaside.engine.StaleSet;
import io.cacheaside.entry.Cached;
import io.cacheaside.error.OutboxException;
import io.cacheaside.key.CacheKeys;
import io.cacheaside.key.CacheName;
import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.InvalidationPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a client does with keys, names of caches and tags that were written down. Keys are complete ({@code <namespace>:<cache>:…}), or
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

    /**
     * Removes keys of any caches, in one trip. Otherwise as
     * {@link #invalidate(String, Collection)}.
     *
     * @throws IllegalArgumentException where one is null or no template could render it; then none is removed
     */
    public void invalidate(String... keys) {
        Map<String, List<String>> byCache = new LinkedHashMap<>();
        for (String key : keys) {
            CacheKeys.Written written = handles().written(client(), key);
            byCache.computeIfAbsent(written.cache(), first -> new ArrayList<>()).add(written.key());
        }
        remove(byCache);
    }

    /**
     * Removes keys of {@code cache}: at once, or after completion where the caller is inside a transaction. Waits
     * for the acknowledgement, one second at most; keys without one are kept and retried, and bypassed here meanwhile.
     * Never throws for the store. Harmless when repeated.
     *
     * @throws IllegalArgumentException where one is null, of another cache, or no template could render it; then none is removed
     * @throws OutboxException where the cache is configured to be durable and the caller is in no transaction
     */
    public void invalidate(String cache, Collection<String> keys) {
        invalidate(Map.of(cache, keys));
    }

    /** As {@link #invalidate(String, Collection)} for keys of several caches, in one trip. */
    public void invalidate(Map<String, ? extends Collection<String>> keysByCache) {
        Map<String, List<String>> complete = new LinkedHashMap<>();
        keysByCache.forEach((cache, keys) -> complete.put(
                cache,
                keys.stream()
                        .map(key -> handles().written(client(), cache, key))
                        .toList()));
        remove(complete);
    }

    /** As {@link #invalidate(Map)}, for keys that are known to be complete and of their cache. */
    final void remove(Map<String, List<String>> keysByCache) {
        List<Stale> keys = keysByCache.entrySet().stream()
                .flatMap(entry -> stale(entry.getKey(), entry.getValue()))
                .toList();
        client().beginWrite(keys).finished(keys);
    }

    /**
     * Removes all keys of {@code cache}, and voids its loads under way in all JVMs: at once, or after completion where the
     * caller is inside a transaction. Waits until the store has gone through all its keys, which with millions takes seconds;
     * if it fails, this JVM bypasses the cache until a repetition has succeeded. Never throws for the store. Harmless when
     * repeated. A name that no read known here has, and the configuration neither, is told of once in the log.
     *
     * @throws IllegalArgumentException where no cache can have that name
     * @throws OutboxException where the cache is configured to be durable: what is not known by name cannot be noted
     */
    public void invalidateAll(String cache) {
        CacheName.checked(cache);
        InvalidationPolicy policy = client().invalidationOf(cache, InvalidationPolicy.PLAIN);
        if (policy.durable()) {
            throw new OutboxException(
                    "Cache '" + cache + "' is configured to be durable, and the removal of all its keys cannot"
                            + " be noted in the outbox. Nothing was removed. Name the keys, or set durable = false for the cache");
        }
        handles().tellUnread(cache);
        StaleSet all = new StaleSet(List.of(), List.of(new StaleGroup(new KeyGroup.WholeCache(cache), policy)));
        client().beginWrite(all).finished(all, null);
    }

    /**
     * Removes all entries that are registered under any of {@code tags}, of whatever caches, and voids their loads under way in
     * all JVMs: at once, or after completion where the caller is inside a transaction. Waits until the store has gone through
     * the indexes of the tags; if it fails, this JVM bypasses all caches whose reads have tags until a repetition has succeeded.
     * Never throws for the store. Harmless when repeated.
     *
     * @param tags as the templates of {@code tags} render them, with or without the namespace
     * @throws IllegalArgumentException where one is null or no template could render it; then nothing is removed
     */
    public void invalidateTags(Collection<String> tags) {
        StaleSet tagged = new StaleSet(
                List.of(),
                tags.stream()
                        .map(tag -> client().taggedWith(handles().writtenTag(tag), InvalidationPolicy.PLAIN))
                        .toList());
        client().beginWrite(tagged).finished(tagged, null);
    }

    private Stream<Stale> stale(String cache, Collection<String> keys) {
        InvalidationPolicy policy = client().invalidationOf(cache, InvalidationPolicy.PLAIN);
        return keys.stream().map(key -> new Stale(cache, key, policy));
    }

    /**
     * As {@link #invalidate(String, Collection)}, some time later: the keys are queued and removed in the background, in batches
     * and at the rate of the {@link BackgroundPolicy}, inside a transaction after its completion. Until then they may be served,
     * here too. Waits only where the queue has no room, and then as long as that takes; what finds none is removed at once. Never
     * throws for the store.
     *
     * @param keys iterated once, now; outside a transaction no more of them are in memory at once than the queue has room for
     * @throws IllegalArgumentException where one is null, of another cache, or no template could render it; outside a transaction
     *     those before it may have been taken
     * @throws OutboxException where the cache is configured to be durable
     */
    public void invalidateLater(String cache, Iterable<String> keys) {
        queue(cache, keys, key -> handles().written(client(), cache, key));
    }

    /** As {@link #invalidateLater}, for keys of which {@code texts} makes complete ones of {@code cache}. */
    final <K> void queue(String cache, Iterable<? extends K> keys, Function<? super K, String> texts) {
        InvalidationPolicy policy = client().invalidationOf(cache, InvalidationPolicy.PLAIN.inBackground());
        if (policy.durable()) {
            throw new OutboxException(
                    "Cache '" + cache + "' is configured to be durable, and what waits in the background is"
                            + " in the memory of this process only. Nothing was removed. Use invalidate, or set durable = false for the"
                            + " cache");
        }
        Iterable<String> complete =
                () -> StreamSupport.stream(keys.spliterator(), false).map(texts).iterator();
        if (client().isInTransaction()) {
            List<String> kept = new ArrayList<>();
            complete.forEach(kept::add);
            client().removeLater(cache, kept, policy);
        } else {
            client().removeLater(cache, complete, policy);
        }
    }

    private CacheAsideClient client() {
        return (CacheAsideClient) this;
    }

    private <V> Cache<String, V> handle(String key, TypeRef<V> type, @Nullable Duration ttl) {
        return handles().written(client(), handles().written(client(), key).cache(), type, ttl);
    }
}
