package io.cacheaside;

import io.cacheaside.engine.Engine;
import io.cacheaside.engine.Inspection;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.engine.Stale;
import io.cacheaside.engine.StaleGroup;
import io.cacheaside.engine.StaleSet;
import io.cacheaside.engine.ThroughPath;
import io.cacheaside.engine.Write;
import io.cacheaside.entry.Explanation;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.error.OutboxException;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.key.CacheKeys;
import io.cacheaside.metrics.CallerContext;
import io.cacheaside.policy.CacheCatalog;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.ValueCodec;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One engine on one namespace. Thread-safe; the annotations go through this very door: {@link #readPath}, {@link #throughPath}
 * and {@link #beginWrite} are all that they use, and so do the calls without annotations. Those are on typed handles
 * ({@link #cache(String, Class, Class)}), and here for keys that were written down.
 */
public final class CacheAsideClient extends WrittenKeys implements AutoCloseable {

    private final String namespace;
    private final ValueCodec codec;
    private final Map<String, ValueCodec> codecs;
    private final CacheListener listener;
    private final ConfiguredCaches caches;
    private final CacheCatalog catalog = new CacheCatalog();
    private final Handles handles;
    private final AsyncCalls calls;
    private final TransactionBoundary transactions;
    private final @Nullable Outbox outbox;
    private final @Nullable HotCalls hotCalls;
    private final Engine engine;

    CacheAsideClient(CacheAsideClientBuilder builder) {
        this.namespace = builder.checkedNamespace();
        this.codec = CacheAsideClientBuilder.required(builder.codec, "codec");
        this.codecs = Map.copyOf(builder.codecs);
        this.listener = CacheListener.all(builder.listeners);
        this.caches = new ConfiguredCaches(builder.defaults, builder.caches);
        this.transactions = builder.transactions;
        this.outbox = builder.outbox;
        this.hotCalls = builder.hotCalls;
        this.handles = new Handles(namespace, caches);
        UnaryOperator<Runnable> context = CallerContext.find();
        this.calls = new AsyncCalls(builder.asyncExecutor, builder.asyncCalls, context);
        this.engine = new Engine(
                CacheAsideClientBuilder.required(builder.store, "store"),
                CacheAsideClientBuilder.required(builder.leases, "leases"),
                builder.transactions,
                listener,
                builder.seal,
                outbox,
                builder.marks.ttl(),
                builder.refresh,
                builder.background,
                context,
                () -> ThreadLocalRandom.current().nextDouble(),
                namespace);
    }

    /** A builder; {@code namespace}, {@code store}, {@code leases} and {@code codec} are required. */
    public static CacheAsideClientBuilder builder() {
        return new CacheAsideClientBuilder();
    }

    /** {@link #cache(String, Class, TypeRef, CacheSettings)} of a type without arguments, without settings. */
    public <K, V> Cache<K, V> cache(String name, Class<K> key, Class<V> value) {
        return cache(name, key, TypeRef.of(value), CacheSettings.NONE);
    }

    /** {@link #cache(String, Class, TypeRef, CacheSettings)} of a type without arguments. */
    public <K, V> Cache<K, V> cache(String name, Class<K> key, Class<V> value, CacheSettings settings) {
        return cache(name, key, TypeRef.of(value), settings);
    }

    /** {@link #cache(String, Class, TypeRef, CacheSettings)} without settings. */
    public <K, V> Cache<K, V> cache(String name, Class<K> key, TypeRef<V> value) {
        return cache(name, key, value, CacheSettings.NONE);
    }

    /**
     * A handle of the cache {@code name}, whose keys are {@code <namespace>:<name>:<key>}, with the key's text as templates
     * have it. To be made once and kept; making it again is harmless.
     *
     * @param key class of the keys, one that a template would take, or of which it would look at each value
     * @param value type of all values of the cache
     * @param settings as an annotation has them: the configuration of the cache goes before them; what they leave open is as the
     *     first read of the cache that is known by now declares it
     * @throws ConfigurationException with all that is wrong: a key without a stable text, a type that cannot be stored, another
     *     type or expiry than other handles and annotated methods of the cache have, settings that contradict each other
     */
    public <K, V> Cache<K, V> cache(String name, Class<K> key, TypeRef<V> value, CacheSettings settings) {
        return handles.typed(this, name, key, value, settings);
    }

    /** The calls with written keys, with futures. Typed handles have {@link Cache#async}. */
    public AsyncClient async() {
        return new AsyncClient(this, calls);
    }

    /** Prefix of all keys, without the colon that follows it. */
    public String namespace() {
        return namespace;
    }

    /**
     * What the configuration says of {@code cache}, completed by {@code declared} (the annotation's), completed by the
     * defaults.
     *
     * @throws ConfigurationException where that does not hold together
     */
    public CachePolicy policyOf(String cache, CacheSettings declared) {
        return caches.policyOf(cache, declared);
    }

    /**
     * What {@code declared} asks for, durable where the configuration of {@code cache} says so, and within the timeout that
     * it says.
     *
     * @throws ConfigurationException where the configuration does not hold together
     */
    public InvalidationPolicy invalidationOf(String cache, InvalidationPolicy declared) {
        return caches.invalidationOf(cache, declared);
    }

    /** What is stored in each cache, and who said so: by annotations and handles alike. */
    public CacheCatalog catalog() {
        return catalog;
    }

    /**
     * What a read of {@code key} (as {@link #invalidate(String...)} takes it) would meet now, and why; changes nothing. Where
     * neither an annotated read nor a handle of its cache is known, whether the value can be decoded is not known either. Blocks
     * for twice the read timeout at most.
     *
     * @throws IllegalArgumentException where the key is null or no template could render it
     */
    public Explanation explain(String key) {
        CacheKeys.Written written = handles.written(this, key);
        String cache = written.cache();
        CacheSettings declared = catalog.declared(cache);
        CachePolicy policy = caches.policyFor(cache, declared);
        Inspection inspection = catalog.find(cache)
                .map(read -> readPath(policy, read.stored()).inspection())
                .orElseGet(() -> engine.inspection(policy));
        return inspection.explain(written.key(), caches.originOfTtl(cache, declared));
    }

    /** What records the hot calls of annotated reads, null where nothing does. */
    public @Nullable HotCalls hotCalls() {
        return hotCalls;
    }

    /** True once a durable invalidation was asked for: that of any annotated method seen so far. */
    public boolean usesOutbox() {
        return caches.usesOutbox();
    }

    /** Names of the caches whose policy was asked for: those of all annotated methods seen so far. */
    public Set<String> knownCaches() {
        return caches.read();
    }

    /** Names of the caches whose invalidation was asked for, read here or not. */
    public Set<String> writtenCaches() {
        return caches.written();
    }

    /** Names of the caches that the configuration mentions. */
    public Set<String> configuredCaches() {
        return caches.names();
    }

    /**
     * Reads of values declared as {@code type} under {@code policy}.
     *
     * @throws ConfigurationException where the codec can never write that type, or the policy wants read transactions and
     *     the client's {@link TransactionBoundary} begins none
     */
    public ReadPath readPath(CachePolicy policy, Type type) {
        return engine.readPath(policy, type, formatOf(type, policy));
    }

    /**
     * Writes that store values declared as {@code type} under {@code policy}.
     *
     * @throws ConfigurationException where the codec can never write that type
     */
    public ThroughPath throughPath(CachePolicy policy, Type type) {
        return engine.throughPath(policy, type, formatOf(type, policy));
    }

    private ValueFormat formatOf(Type type, CachePolicy policy) {
        return codecs.getOrDefault(policy.cache(), codec).formatOf(type, policy.maxPayload());
    }

    /** All keys of the complete {@code tag}, for {@link #beginWrite(StaleSet)}. */
    public StaleGroup taggedWith(String tag, InvalidationPolicy policy) {
        return engine.taggedWith(tag, policy);
    }

    /**
     * Queues {@code keys} for their removal in the background, in a transaction after its completion. For callers that run the
     * write themselves, as the annotations do, when it has finished, normally or not.
     *
     * @param keys iterated once; inside a transaction after its completion, so that they must not change until then
     */
    public void removeLater(String cache, Iterable<String> keys, InvalidationPolicy policy) {
        engine.invalidations().later(cache, keys, policy);
    }

    /**
     * Begins a write that will make {@code known} stale, what is known before it; {@link Write#finished} ends it.
     * For callers that run the write themselves, as the annotations do. Outside a transaction strict keys are marked
     * here, inside one before its commit; keys that only {@code finished} names outside a transaction cannot be marked
     * any more and are just removed.
     *
     * @throws StrictWriteException where the store did not acknowledge the marks within a second: do not write
     * @throws OutboxException where a key is durable and cannot be noted: do not write
     */
    public Write beginWrite(StaleSet known) {
        return engine.invalidations().begin(known);
    }

    /** As {@link #beginWrite(StaleSet)} for keys alone. */
    public Write beginWrite(Collection<Stale> keys) {
        return beginWrite(StaleSet.of(keys));
    }

    /** True where durable invalidations can be noted. */
    public boolean hasOutbox() {
        return outbox != null;
    }

    /**
     * Returns where a durable invalidation of {@code who}, which the message names, can be noted.
     *
     * @throws OutboxException where there is no outbox, no table for it or no transaction
     */
    public void requireOutbox(String who) {
        engine.invalidations().requireOutbox(who);
    }

    /** True where this client can tell whether its caller is inside a transaction. */
    public boolean knowsTransactions() {
        return transactions != TransactionBoundary.none();
    }

    /** True where the caller is inside a transaction that this client knows of. */
    public boolean isInTransaction() {
        return transactions.current() != null;
    }

    /** False after {@link #close}: annotated methods then simply run. */
    public boolean isOpen() {
        return engine.isOpen();
    }

    /** The listener, for what happens outside the engine (conditions, skipped keys). */
    public CacheListener listener() {
        return listener;
    }

    @Override
    Handles handles() {
        return handles;
    }

    AsyncCalls asyncCalls() {
        return calls;
    }

    /**
     * Gives asynchronous calls on own threads a second to end, sends the invalidations that wait in the background, as long as the
     * store answers, and unconfirmed ones once more, for two seconds at most, and stops background work. Store and leases
     * stay open: they belong to whoever made them. Harmless when repeated.
     */
    @Override
    public void close() {
        calls.close();
        engine.close();
    }
}
