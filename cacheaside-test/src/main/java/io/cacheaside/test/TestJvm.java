package io.cacheaside.test;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.engine.BatchLoader;
import io.cacheaside.engine.FillTerms;
import io.cacheaside.engine.KeyGroup;
import io.cacheaside.engine.Loader;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.engine.Replacement;
import io.cacheaside.engine.Stale;
import io.cacheaside.engine.StaleGroup;
import io.cacheaside.engine.StaleSet;
import io.cacheaside.engine.ThroughPath;
import io.cacheaside.engine.Write;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.RefreshState;
import io.cacheaside.spi.TransactionBoundary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One JVM of a race: a client of its own on gated slots, reading strings of the cache {@code race}. */
public final class TestJvm implements AutoCloseable {

    private static final String NAMESPACE = "test";
    private static final String CACHE = "race";
    private static final long BOUND_SECONDS = 15;

    private final GatedSlots gates;
    private final CacheAsideClient client;
    private final ReadPath reads;
    private final ThroughPath writes;
    private final AtomicInteger invalidated = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final Map<RefreshState, Integer> refreshes = new ConcurrentHashMap<>();
    private final AtomicBoolean distrusting = new AtomicBoolean();

    /** A JVM on {@code slots} whose cache has {@code settings} over the defaults. */
    public TestJvm(Slots slots, CacheSettings settings) {
        this(slots, settings, CacheListener.none(), TransactionBoundary.none());
    }

    /** As above, with a listener and transactions. */
    public TestJvm(Slots slots, CacheSettings settings, CacheListener listener, TransactionBoundary transactions) {
        this(slots, settings, listener, transactions, MarkPolicy.DEFAULT.ttl());
    }

    /** As above, with the lifetime of marks. */
    public TestJvm(
            Slots slots,
            CacheSettings settings,
            CacheListener listener,
            TransactionBoundary transactions,
            Duration markTtl) {
        this.gates = new GatedSlots(slots);
        this.client = CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(gates.slots().store())
                .leases(gates.slots().leases())
                .codec(new JavaSerializationCodec())
                .listener(listener)
                .listener(new CacheListener() {
                    @Override
                    public void invalidated(String cache, int keys) {
                        invalidated.addAndGet(keys);
                    }

                    @Override
                    public void hit(String cache) {
                        hits.incrementAndGet();
                    }

                    @Override
                    public void refresh(String cache, RefreshState state) {
                        refreshes.merge(state, 1, Integer::sum);
                    }

                    @Override
                    public void distrusted(String cache) {
                        distrusting.set(true);
                    }

                    @Override
                    public void trusted(String cache) {
                        distrusting.set(false);
                    }
                })
                .transactions(transactions)
                .cache(CACHE, settings)
                .marks(new MarkPolicy(markTtl))
                .build();
        this.reads = client.readPath(client.policyOf(CACHE, CacheSettings.NONE), String.class);
        this.reads.declareTags();
        this.writes = client.throughPath(client.policyOf(CACHE, CacheSettings.NONE), String.class);
    }

    /** The settings that races need: reads are never late on a slow machine, TTLs are exact. */
    public static CacheSettings settings() {
        Duration patient = Duration.ofSeconds(10);
        return CacheSettings.builder()
                .ttl(Duration.ofMinutes(5))
                .lease(patient)
                .waitFor(patient)
                .maxLoad(patient)
                .jitter(0.0)
                .readTimeout(patient)
                .leaseTimeout(patient)
                .fillTimeout(patient)
                .build();
    }

    /** The gates in front of the slots. */
    public GatedSlots gates() {
        return gates;
    }

    /** How many invalidated keys have been acknowledged to this JVM, which from then on asks for them again. */
    public int invalidated() {
        return invalidated.get();
    }

    /** How many reads this JVM has answered from the store. */
    public int hits() {
        return hits.get();
    }

    /** How many loads in the background have come to {@code state}. */
    public int refreshes(RefreshState state) {
        return refreshes.getOrDefault(state, 0);
    }

    /** True while this JVM distrusts the cache as a whole. */
    public boolean isDistrusting() {
        return distrusting.get();
    }

    /** A complete key of the cache. */
    public static String key(String name) {
        return NAMESPACE + ":" + CACHE + ":" + name;
    }

    /** Reads on the calling thread. */
    public @Nullable String read(String key, Loader loader) throws Throwable {
        return read(key, loader, null);
    }

    /** Reads on the calling thread what is stored as {@code terms} say. */
    public @Nullable String read(String key, Loader loader, @Nullable FillTerms terms) throws Throwable {
        return (String) reads.read(key, loader, terms);
    }

    /** A read on a thread of its own. */
    public Call<String> start(String key, Loader loader) {
        return new Call<>(() -> read(key, loader));
    }

    /** Reads a batch on the calling thread; the values stand in the order of {@code keys}. */
    public List<@Nullable String> readAll(List<@Nullable String> keys, BatchLoader loader) throws Throwable {
        List<@Nullable String> values = new ArrayList<>();
        for (Object value : reads.readAll(keys, loader)) {
            values.add((String) value);
        }
        return values;
    }

    /** A batch on a thread of its own. */
    public Call<List<@Nullable String>> startAll(List<@Nullable String> keys, BatchLoader loader) {
        return new Call<>(() -> readAll(keys, loader));
    }

    /** Invalidates on the calling thread, as a write method does after it returned. */
    public void invalidate(String key) {
        invalidate(List.of(key));
    }

    /** As {@link #invalidate(String)}, all in one trip. */
    public void invalidate(Collection<String> keys) {
        client.invalidate(CACHE, keys);
    }

    /** Invalidates in the background, as a write method does after it returned. */
    public void invalidateLater(String... keys) {
        client.invalidateLater(CACHE, List.of(keys));
    }

    /** Invalidates all that is registered under {@code tag} on the calling thread. */
    public void invalidateTag(String tag) {
        invalidateTags(List.of(tag));
    }

    /** As {@link #invalidateTag}, all in one call. */
    public void invalidateTags(Collection<String> tags) {
        client.invalidateTags(tags);
    }

    /** Enters a write method for {@code key} on the calling thread. */
    public Write beginWrite(String key) {
        return client.beginWrite(List.of(Stale.plain(CACHE, key)));
    }

    /** Leaves the write method of {@code key}. */
    public void finish(Write write, String key) {
        write.finished(List.of(Stale.plain(CACHE, key)));
    }

    /** Invalidates all keys on the calling thread, as a write method does after it returned. */
    public void invalidateAll() {
        client.invalidateAll(CACHE);
    }

    /** As {@link #invalidateAll}, on a thread of its own. */
    public Call<Void> startInvalidateAll() {
        return new Call<>(() -> {
            invalidateAll();
            return null;
        });
    }

    /** Runs {@code method} as a write that makes all keys stale and wants to be told, as the annotation does. */
    public <T> @Nullable T writeAll(Body<T> method) throws Throwable {
        StaleGroup group = new StaleGroup(new KeyGroup.WholeCache(CACHE), InvalidationPolicy.PLAIN.thatThrows());
        StaleSet all = new StaleSet(List.of(), List.of(group));
        Write write = client.beginWrite(all);
        try {
            return method.run();
        } finally {
            write.finished(all, null);
        }
    }

    /** {@code body} on a thread of its own. */
    public static <T> Call<T> start(Body<T> body) {
        return new Call<>(body);
    }

    /** Runs {@code method} as a write that makes {@code key} stale, as the annotations do. */
    public <T> @Nullable T write(String key, InvalidationPolicy policy, Body<T> method) throws Throwable {
        List<Stale> stale = List.of(new Stale("race", key, policy));
        Write write = client.beginWrite(stale);
        try {
            return method.run();
        } finally {
            write.finished(stale);
        }
    }

    /** Runs {@code method} as a write whose result takes the place of the entry of {@code key}, as the annotation does. */
    public @Nullable String writeThrough(String key, Body<String> method) throws Throwable {
        return writeThrough(key, null, method);
    }

    /** As above; {@code version} of a value is compared where it is not null. */
    public @Nullable String writeThrough(
            String key, @Nullable Function<Object, @Nullable Object> version, Body<String> method) throws Throwable {
        List<Stale> stale = List.of(Stale.plain(CACHE, key));
        Write write = client.beginWrite(stale);
        try (ThroughPath.Call call = writes.begin(key)) {
            Replacement replacement = null;
            try {
                String result = method.run();
                replacement = call.replacement(result, null, version);
                return result;
            } finally {
                write.finished(StaleSet.of(stale), replacement);
            }
        }
    }

    /** {@code call} with the lease of {@code key} taken ahead of the transaction that it begins, as by the outer advice. */
    public <T> @Nullable T ahead(String key, Body<T> call) throws Throwable {
        try (ThroughPath.Ahead lease = writes.ahead(key)) {
            return call.run();
        }
    }

    /** A write-through on a thread of its own. */
    public Call<String> startWriteThrough(String key, Body<String> method) {
        return new Call<>(() -> writeThrough(key, method));
    }

    /** A write on a thread of its own. */
    public Call<Void> startWrite(String key, InvalidationPolicy policy, Body<Void> method) {
        return new Call<>(() -> write(key, policy, method));
    }

    /** An invalidation on a thread of its own. */
    public Call<Void> startInvalidation(String key) {
        return new Call<>(() -> {
            invalidate(key);
            return null;
        });
    }

    @Override
    public void close() {
        client.close();
    }

    /** What may throw anything. */
    @FunctionalInterface
    public interface Body<T> {
        /** The result. */
        @Nullable
        T run() throws Throwable;
    }

    /** A call on a thread of its own. */
    public static final class Call<T> {

        private final CompletableFuture<@Nullable T> result = new CompletableFuture<>();
        private final Thread thread;

        Call(Body<T> body) {
            thread = new Thread(
                    () -> {
                        try {
                            result.complete(body.run());
                        } catch (Throwable failure) {
                            result.completeExceptionally(failure);
                        }
                    },
                    "test-call");
            thread.setDaemon(true);
            thread.start();
        }

        /** What the call returned, waited for; what it threw is thrown. */
        public @Nullable T result() throws Throwable {
            try {
                return result.get(BOUND_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw Objects.requireNonNull(e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("the call hangs at " + List.of(thread.getStackTrace()), e);
            }
        }

        /** Waits until the call stands in a wait whose stack runs through {@code method}. */
        public void awaitParkedIn(Class<?> type, String method) {
            awaitParkedIn(type.getName(), method);
        }

        private void awaitParkedIn(String type, String method) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
            while (!isParkedIn(type, method)) {
                if (result.isDone() || System.nanoTime() > end) {
                    throw new AssertionError("never waited in " + method + ": " + List.of(thread.getStackTrace()));
                }
                LockSupport.parkNanos(1_000_000);
            }
        }

        /** As above, for a class that only {@code home} sees. */
        public void awaitParkedIn(Package home, String type, String method) {
            awaitParkedIn(home.getName() + "." + type, method);
        }

        private boolean isParkedIn(String type, String method) {
            Thread.State state = thread.getState();
            if (state != Thread.State.TIMED_WAITING && state != Thread.State.WAITING) {
                return false;
            }
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().equals(type) && frame.getMethodName().equals(method)) {
                    return true;
                }
            }
            return false;
        }

        /** True when the call has returned or thrown. */
        public boolean isDone() {
            return result.isDone();
        }
    }
}
