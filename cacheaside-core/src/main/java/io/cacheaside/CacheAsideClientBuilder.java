package io.cacheaside;

import io.cacheaside.entry.Seal;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.policy.AsyncCallPolicy;
import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.policy.RefreshPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.ValueCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link CacheAsideClient}. Not thread-safe. */
public final class CacheAsideClientBuilder {

    private static final Pattern NAMESPACE = Pattern.compile("[^\\s:{}\\p{Cntrl}][^{}\\p{Cntrl}]{0,99}");

    @Nullable
    String namespace;

    @Nullable
    CacheStore store;

    @Nullable
    Leases leases;

    @Nullable
    ValueCodec codec;

    final Map<String, ValueCodec> codecs = new HashMap<>();
    Seal seal = Seal.none();
    TransactionBoundary transactions = TransactionBoundary.none();
    final List<CacheListener> listeners = new ArrayList<>();
    CacheSettings defaults = CacheSettings.NONE;
    final Map<String, CacheSettings> caches = new HashMap<>();
    MarkPolicy marks = MarkPolicy.DEFAULT;
    RefreshPolicy refresh = RefreshPolicy.DEFAULT;
    BackgroundPolicy background = BackgroundPolicy.DEFAULT;

    @Nullable
    Outbox outbox;

    @Nullable
    HotCalls hotCalls;

    AsyncCallPolicy asyncCalls = AsyncCallPolicy.DEFAULT;

    @Nullable
    Executor asyncExecutor;

    CacheAsideClientBuilder() {}

    /** Prefix of all keys, up to 100 characters without braces and control characters; required. */
    public CacheAsideClientBuilder namespace(String namespace) {
        this.namespace = namespace;
        return this;
    }

    /** The shared tier; required. */
    public CacheAsideClientBuilder store(CacheStore store) {
        this.store = store;
        return this;
    }

    /** The leases; required, on the same slots as the store. */
    public CacheAsideClientBuilder leases(Leases leases) {
        this.leases = leases;
        return this;
    }

    /** The codec; required. */
    public CacheAsideClientBuilder codec(ValueCodec codec) {
        this.codec = codec;
        return this;
    }

    /** The codec of one cache, instead of the others'. */
    public CacheAsideClientBuilder codec(String cache, ValueCodec codec) {
        codecs.put(cache, codec);
        return this;
    }

    /** What proves who wrote an entry; default {@link Seal#none}. The same for all clients of a namespace. */
    public CacheAsideClientBuilder seal(Seal seal) {
        this.seal = seal;
        return this;
    }

    /** What knows the caller's transaction; default none. */
    public CacheAsideClientBuilder transactions(TransactionBoundary transactions) {
        this.transactions = transactions;
        return this;
    }

    /** One more who is told; default nobody. What a listener throws is logged once and dropped. */
    public CacheAsideClientBuilder listener(CacheListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Settings of every cache that its own and the annotation leave open. */
    public CacheAsideClientBuilder defaults(CacheSettings defaults) {
        this.defaults = defaults;
        return this;
    }

    /** Settings of one cache; they override its annotations. */
    public CacheAsideClientBuilder cache(String name, CacheSettings settings) {
        caches.put(name, settings);
        return this;
    }

    /** Where durable invalidations are noted; default nowhere, and then they are refused. */
    public CacheAsideClientBuilder outbox(Outbox outbox) {
        this.outbox = outbox;
        return this;
    }

    /** What records the hot calls of annotated reads; default nothing. It stays the caller's, who closes it. */
    public CacheAsideClientBuilder hotCalls(HotCalls hotCalls) {
        this.hotCalls = hotCalls;
        return this;
    }

    /**
     * What runs the calls that answer with futures, and blocks in them; default threads of the client's own. It stays the
     * caller's, who ends it.
     */
    public CacheAsideClientBuilder asyncCalls(Executor executor) {
        this.asyncExecutor = executor;
        return this;
    }

    /** How many threads of the client's own run such calls, while 10,000 more may wait; default {@link AsyncCallPolicy#DEFAULT}. */
    public CacheAsideClientBuilder asyncCalls(AsyncCallPolicy policy) {
        this.asyncCalls = policy;
        return this;
    }

    /** How the marks of strict writes live; default {@link MarkPolicy#DEFAULT}. */
    public CacheAsideClientBuilder marks(MarkPolicy policy) {
        this.marks = policy;
        return this;
    }

    /** How entries are refreshed before their end; default {@link RefreshPolicy#DEFAULT}. */
    public CacheAsideClientBuilder refresh(RefreshPolicy policy) {
        this.refresh = policy;
        return this;
    }

    /** How keys are invalidated in the background; default {@link BackgroundPolicy#DEFAULT}. */
    public CacheAsideClientBuilder background(BackgroundPolicy policy) {
        this.background = policy;
        return this;
    }

    /**
     * The client.
     *
     * @throws ConfigurationException where a required part is missing, or defaults or a cache's settings do not
     *     hold together
     */
    public CacheAsideClient build() {
        CachePolicy.of("defaults", defaults);
        caches.forEach((name, settings) -> CachePolicy.of(name, settings.orElse(defaults)));
        checkOutbox("defaults", defaults);
        caches.forEach(this::checkOutbox);
        return new CacheAsideClient(this);
    }

    private void checkOutbox(String cache, CacheSettings settings) {
        if (Boolean.TRUE.equals(settings.durable()) && outbox == null) {
            throw new ConfigurationException(
                    "cache '" + cache + "': durable = true needs an outbox: add cacheaside-jdbc"
                            + " and a DataSource, or give the builder outbox(…)");
        }
    }

    String checkedNamespace() {
        String name = required(namespace, "namespace");
        if (!NAMESPACE.matcher(name).matches()) {
            throw new ConfigurationException(
                    "namespace '" + name
                            + "' must be 1 to 100 characters without braces and control characters, and start with neither a colon nor a space");
        }
        return name;
    }

    static <T> T required(@Nullable T part, String name) {
        if (part == null) {
            throw new ConfigurationException("CacheAsideClient.builder() needs " + name + "(…)");
        }
        return part;
    }
}
