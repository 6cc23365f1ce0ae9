package io.cacheaside.metrics;

import io.cacheaside.spi.BackgroundQueue;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.RefreshState;
import io.cacheaside.spi.ThroughOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Counts what the engine does in a Micrometer registry. {@code cache.gets} and {@code cache.loads} carry the names and
 * tags of Micrometer's own cache binders, so that existing dashboards show the cache; what those have no name for is
 * called {@code cacheaside.*}. Every meter of a cache has the tag {@code cache}.
 *
 * <p>All meters of a cache are registered when the cache is first heard of, so that a rate exists before its first
 * event; from then on an event costs a map look-up and an increment, and allocates nothing. Thread-safe. Micrometer is
 * optional: nothing else in this project loads this class unless Micrometer is there.
 */
public final class MicrometerListener implements CacheListener {

    private final MeterRegistry registry;
    private final Function<String, ? extends Iterable<Tag>> moreTags;
    private final ConcurrentMap<String, CacheMeters> caches = new ConcurrentHashMap<>();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final List<BackgroundQueue> queues = new CopyOnWriteArrayList<>();
    private final Timer invalidatedTags;
    private final Counter masterChanges;

    /** A listener that counts in {@code registry}, with the tag {@code cache} only. */
    public MicrometerListener(MeterRegistry registry) {
        this(registry, cache -> Tags.empty());
    }

    /**
     * A listener that counts in {@code registry}.
     *
     * @param moreTags tags of every meter of a cache, by the cache's name, beside {@code cache}; the same tag keys for
     *     all caches, because some registries demand that
     */
    public MicrometerListener(MeterRegistry registry, Function<String, ? extends Iterable<Tag>> moreTags) {
        this.registry = registry;
        this.moreTags = moreTags;
        Gauge.builder("cacheaside.store.unavailable", unavailable, AtomicInteger::get)
                .description("Masters of the store that give no answer and are not asked")
                .register(registry);
        Gauge.builder("cacheaside.background.queued", queues, MicrometerListener::queued)
                .description("Keys that wait for their invalidation in the background")
                .register(registry);
        TimeGauge.builder("cacheaside.background.age", queues, TimeUnit.NANOSECONDS, MicrometerListener::age)
                .description("How long the oldest key has been waiting for its invalidation in the background")
                .register(registry);
        invalidatedTags = Timer.builder("cacheaside.invalidations.tags")
                .description("Removals of all keys of a tag")
                .register(registry);
        masterChanges = Counter.builder("cacheaside.store.changes")
                .description("Masters of the store that were met, replaced or restarted")
                .register(registry);
    }

    @Override
    public void hit(String cache) {
        meters(cache).hits.increment();
    }

    @Override
    public void miss(String cache) {
        meters(cache).misses.increment();
    }

    @Override
    public void joined(String cache) {
        meters(cache).joins.increment();
    }

    @Override
    public void bypass(String cache, BypassReason reason) {
        meters(cache).bypasses(reason).increment();
    }

    @Override
    public void load(String cache, Duration took, boolean failed) {
        CacheMeters meters = meters(cache);
        (failed ? meters.failedLoads : meters.loads).record(took);
    }

    @Override
    public void stale(String cache) {
        meters(cache).stale.increment();
    }

    @Override
    public void refresh(String cache, RefreshState state) {
        meters(cache).refreshes(state).increment();
    }

    @Override
    public void masterChanged() {
        masterChanges.increment();
    }

    @Override
    public void unavailable(int masters) {
        unavailable.set(masters);
    }

    @Override
    public void fill(String cache, FillOutcome outcome) {
        meters(cache).fills(outcome).increment();
    }

    @Override
    public void fillFailed(String cache) {
        meters(cache).failedFills.increment();
    }

    @Override
    public void leaseWait(String cache, Duration waited) {
        meters(cache).leaseWaits.record(waited);
    }

    @Override
    public void unreadable(String cache, String cause) {
        meters(cache).unreadable(cause).increment();
    }

    @Override
    public void unwritable(String cache) {
        meters(cache).unwritable.increment();
    }

    @Override
    public void unusableTtl(String cache) {
        meters(cache).unusableTtls.increment();
    }

    @Override
    public void invalidated(String cache, int keys) {
        meters(cache).invalidated.increment(keys);
    }

    @Override
    public void invalidatedLater(String cache, int keys, Duration lag) {
        meters(cache).backgroundLag.record(lag);
    }

    @Override
    public void background(BackgroundQueue queue) {
        queues.add(queue);
    }

    private static double queued(List<BackgroundQueue> queues) {
        return queues.stream().mapToInt(BackgroundQueue::size).sum();
    }

    private static double age(List<BackgroundQueue> queues) {
        return queues.stream().mapToLong(queue -> queue.age().toNanos()).max().orElse(0);
    }

    @Override
    public void wroteThrough(String cache, ThroughOutcome outcome) {
        meters(cache).wroteThrough(outcome).increment();
    }

    @Override
    public void invalidatedAll(String cache, Duration took) {
        meters(cache).invalidatedAll.record(took);
    }

    @Override
    public void invalidationUnconfirmed(String cache, int keys) {
        meters(cache).unconfirmed.increment(keys);
    }

    @Override
    public void distrusted(String cache) {
        meters(cache).distrusted.increment();
    }

    @Override
    public void trusted(String cache) {
        meters(cache).trusted.increment();
    }

    @Override
    public void marked(String cache, int keys) {
        meters(cache).marked.increment(keys);
    }

    @Override
    public void markFailed(String cache, int keys) {
        meters(cache).failedMarks.increment(keys);
    }

    @Override
    public void invalidatedTag(Duration took) {
        invalidatedTags.record(took);
    }

    @Override
    public void relayed(String cache, Duration lag) {
        meters(cache).relayed.record(lag);
    }

    @Override
    public void setAside(String cache) {
        meters(cache).setAside.increment();
    }

    @Override
    public void keySkipped(String cache) {
        meters(cache).skippedKeys.increment();
    }

    @Override
    public void storeFailed(String cache) {
        meters(cache).storeFailures.increment();
    }

    @Override
    public void hotCallSkipped(String cache) {
        meters(cache).skippedHotCalls.increment();
    }

    private CacheMeters meters(String cache) {
        CacheMeters known = caches.get(cache);
        return known != null ? known : caches.computeIfAbsent(cache, this::register);
    }

    private CacheMeters register(String cache) {
        return new CacheMeters(registry, Tags.of("cache", cache).and(moreTags.apply(cache)));
    }
}
