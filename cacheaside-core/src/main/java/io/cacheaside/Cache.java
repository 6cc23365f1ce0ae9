package io.cacheaside;

import io.cacheaside.engine.FillTerms;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation;
import io.cacheaside.error.OutboxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One cache of a {@link CacheAsideClient} with the types of its keys and values. Reads and invalidations are those of annotated
 * methods, on the same engine, and share their entries: the key 42 of the cache {@code user} is that of {@code user:#id}.
 * What holds for annotated methods holds here: a read that begins after an invalidation returned sees that write. When the
 * client is closed the loaders simply run.
 *
 * <p>No key is null, and no collection of keys: each method throws {@link IllegalArgumentException}, which names the cache, for one
 * that is, or for a key without a stable text, before anything is done. All methods block; {@link #async} has the same ones with
 * futures. Thread-safe.
 */
public final class Cache<K, V> {

    private static final int THREADS_TO_WARM = 4;

    private final CacheAsideClient client;
    private final ReadPath path;
    private final Explanation.Origin origin;
    private final Function<@Nullable Object, String> texts;
    private final String where;
    private final AtomicBoolean foreignTold = new AtomicBoolean();

    /**
     * A handle.
     *
     * @param texts the complete key of a key; throws {@link IllegalArgumentException} with a sentence where there is none
     * @param where the handle for messages
     */
    Cache(
            CacheAsideClient client,
            ReadPath path,
            Explanation.Origin origin,
            Function<@Nullable Object, String> texts,
            String where) {
        this.client = client;
        this.path = path;
        this.origin = origin;
        this.texts = texts;
        this.where = where;
    }

    /** Name of the cache. */
    public String name() {
        return path.policy().cache();
    }

    /**
     * The value of {@code key}: from the cache, or from {@code loader}, which then runs once for all callers in all JVMs, and
     * is stored unless a write has come between. Blocks for the read timeout, then for another caller's load up to the policy's
     * wait, then for the loader. Inside a transaction as an annotated read does.
     *
     * @return null where there is none, which is remembered where the policy has a {@code nullTtl}
     * @throws X what {@code loader} throws, or that of the call whose load this one has waited for
     */
    public <X extends Throwable> @Nullable V getOrLoad(K key, KeyLoader<? super K, ? extends V, X> loader) throws X {
        String text = text(key);
        if (!client.isOpen()) {
            return loader.load(key);
        }
        try {
            return value(path.read(text, new KeyCall<>(this, key, text, loader), terms()));
        } catch (Throwable thrown) {
            throw Cache.<X>asThrown(thrown);
        }
    }

    /**
     * The values of {@code keys}, each as {@link #getOrLoad} answers it: what is cached comes in common trips, and
     * {@code loader} is called with what is missing, in parts of at most the policy's {@code maxBatch}. Where it throws nothing
     * of that call is stored. Nothing is called for no keys.
     *
     * @return the values that there are, in the order of {@code keys}
     * @throws X what {@code loader} throws
     */
    public <X extends Throwable> Map<K, V> getAllOrLoad(Collection<? extends K> keys, KeysLoader<K, V, X> loader)
            throws X {
        List<K> requested = copied(keys);
        List<String> requestedTexts = requested.stream().map(this::text).toList();
        Map<String, K> distinct = distinct(requested, requestedTexts);
        KeysCall<K, V> call = new KeysCall<>(this, List.copyOf(distinct.values()), loader);
        Map<String, V> found = new HashMap<>();
        try {
            readAll(List.copyOf(distinct.keySet()), call, found);
        } catch (Throwable thrown) {
            throw Cache.<X>asThrown(thrown);
        }
        Map<K, V> values = new LinkedHashMap<>();
        for (int i = 0; i < requested.size(); i++) {
            V value = found.get(requestedTexts.get(i));
            if (value != null) {
                values.put(requested.get(i), value);
            }
        }
        return values;
    }

    /** A handle knows no tags. */
    @Nullable
    FillTerms terms() {
        return path.termsWithoutTags();
    }

    private void readAll(List<String> distinct, KeysCall<K, V> call, Map<String, V> found) throws Throwable {
        if (distinct.isEmpty()) {
            return;
        }
        @Nullable Object[] values = client.isOpen() ? path.readAll(distinct, call) : call.loadAll();
        for (int i = 0; i < values.length; i++) {
            V value = value(values[i]);
            if (value != null) {
                found.put(distinct.get(i), value);
            }
        }
    }

    /**
     * What a read of {@code key} would be answered from the cache now. Loads nothing, and prolongs nothing where hits do. Nothing
     * is there, too, where the store does not answer in the read timeout, which this blocks for at most.
     */
    @SuppressWarnings("unchecked") // what the store has is of the handle's type, or unreadable
    public Cached<V> peek(K key) {
        return (Cached<V>) path.inspection().peek(text(key));
    }

    /** What a read of {@code key} would meet now, and why; changes nothing. Blocks for twice the read timeout at most. */
    public Explanation explain(K key) {
        Explanation explanation = path.inspection().explain(text(key), origin);
        return terms() == null || explanation.state() == Explanation.State.HIT
                ? explanation
                : explanation.and(
                        "annotated reads of the cache have tags, which a handle does not know, so what this one"
                                + " loads is not stored");
    }

    /** {@link #warm(Collection, KeysLoader, int, Consumer)} with four threads and nobody told. */
    public Warmed warm(Collection<? extends K> keys, KeysLoader<K, V, ?> loader) {
        return warm(keys, loader, THREADS_TO_WARM, warmed -> {});
    }

    /**
     * Loads those of {@code keys} that are missing, before somebody asks for them: as {@link #getAllOrLoad} does, in parts of
     * the policy's {@code maxBatch} keys, under leases, so that JVMs that warm the same keys share the work. A part whose loader
     * throws counts as failed, and the others go on. Blocks until all is done; an interrupt ends it after the parts under way.
     * Not for the inside of a transaction, nor for a store that does not serve: what is loaded counts as loaded there too, and
     * is not stored.
     *
     * @param threads how many parts are read at once, at most; this thread is one of them, the others are those of
     *     {@linkplain CacheAsideClientBuilder#asyncCalls(java.util.concurrent.Executor) asynchronous calls}, as far as they are free
     * @param progress told after each part, one at a time, on any of these threads; must not throw
     */
    public Warmed warm(
            Collection<? extends K> keys, KeysLoader<K, V, ?> loader, int threads, Consumer<? super Warmed> progress) {
        if (threads < 1) {
            throw new IllegalArgumentException(where + ": threads = " + threads + " is not at least 1");
        }
        List<K> requested = copied(keys);
        List<K> distinct = List.copyOf(
                distinct(requested, requested.stream().map(this::text).toList()).values());
        return new WarmRun<>(distinct, path.policy().maxBatch(), part -> warmPart(part, loader), progress)
                .run(threads, client.asyncCalls().executor());
    }

    private Warmed warmPart(List<K> keys, KeysLoader<K, V, ?> loader) {
        KeysCall<K, V> call = new KeysCall<>(this, keys, loader);
        int all = keys.size();
        try {
            if (!client.isOpen()) {
                throw new IllegalStateException("the client is closed, so nothing would be stored");
            }
            path.readAll(keys.stream().map(this::text).toList(), call);
        } catch (Throwable thrown) {
            return new Warmed(all, 0, 0, 0, all, thrown, Duration.ZERO);
        }
        int found = call.found();
        return new Warmed(all, all - call.asked(), found, call.asked() - found, 0, null, Duration.ZERO);
    }

    /**
     * Removes {@code keys}, to be called when their source has been written: at once, or after completion where the caller is
     * inside a transaction. Waits for the acknowledgement, one second at most; keys without one are kept and retried, and
     * bypassed here meanwhile. Never throws for the store. Harmless when repeated.
     *
     * @throws OutboxException where the cache is configured to be durable and the caller is in no transaction
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final void invalidate(K... keys) {
        invalidate(Arrays.asList(present(keys)));
    }

    /** As {@link #invalidate(Object[])}. */
    public void invalidate(Collection<? extends K> keys) {
        client.remove(Map.of(name(), present(keys).stream().map(this::text).toList()));
    }

    /**
     * As {@link #invalidate(Object[])}, some time later and for very many keys; {@link CacheAsideClient#invalidateLater} says how.
     *
     * @param keys iterated once, now; where one is null, those before it may have been taken
     * @throws OutboxException where the cache is configured to be durable
     */
    public void invalidateLater(Iterable<? extends K> keys) {
        client.queue(name(), present(keys), this::text);
    }

    /**
     * Removes all keys of the cache, also those that no handle could name, as {@link CacheAsideClient#invalidateAll} does.
     *
     * @throws OutboxException where the cache is configured to be durable
     */
    public void invalidateAll() {
        client.invalidateAll(name());
    }

    /** The same with futures. */
    public AsyncCache<K, V> async() {
        return new AsyncCache<>(this, client.asyncCalls());
    }

    /** The handle as messages name it. */
    @Override
    public String toString() {
        return where;
    }

    /** True once: for the first loader that returns keys which it was not asked for. */
    boolean isFirstForeign() {
        return foreignTold.compareAndSet(false, true);
    }

    boolean isInTransaction() {
        return client.isInTransaction();
    }

    /** A copy of {@code keys}. */
    List<K> copied(@Nullable Collection<? extends K> keys) {
        return new ArrayList<>(present(keys));
    }

    private <T> T present(@Nullable T keys) {
        if (keys == null) {
            throw new IllegalArgumentException(where + ": the collection of keys is null");
        }
        return keys;
    }

    String text(@Nullable K key) {
        try {
            return texts.apply(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /** The first of {@code keys} for each of their {@code texts}, in their order. */
    private static <K> Map<String, K> distinct(List<K> keys, List<String> texts) {
        Map<String, K> distinct = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            distinct.putIfAbsent(texts.get(i), keys.get(i));
        }
        return distinct;
    }

    @SuppressWarnings("unchecked") // what the store has is of the handle's type, or unreadable
    private @Nullable V value(@Nullable Object stored) {
        return (V) stored;
    }

    /** What a loader threw, whatever its type. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> X asThrown(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
