package io.cacheaside.metrics;

import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.RefreshState;
import io.cacheaside.spi.ThroughOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The meters of one cache, registered on construction. */
final class CacheMeters {

    final Counter hits;
    final Counter misses;
    final Counter joins;
    final Timer loads;
    final Timer failedLoads;
    final Counter stale;
    final Counter failedFills;
    final Timer leaseWaits;
    final Counter unwritable;
    final Counter unusableTtls;
    final Counter invalidated;
    final Timer invalidatedAll;
    final Counter unconfirmed;
    final Timer backgroundLag;
    final Counter distrusted;
    final Counter trusted;
    final Counter marked;
    final Counter failedMarks;
    final Timer relayed;
    final Counter setAside;
    final Counter skippedKeys;
    final Counter storeFailures;
    final Counter skippedHotCalls;
    private final Map<BypassReason, Counter> bypasses;
    private final Map<FillOutcome, Counter> fills;
    private final Map<RefreshState, Counter> refreshes;
    private final Map<ThroughOutcome, Counter> writesThrough;
    private final ConcurrentMap<String, Counter> unreadable = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Tags tags;

    CacheMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        hits = counter("cache.gets", "Reads, by whether the store answered them", "result", "hit");
        misses = counter("cache.gets", "Reads, by whether the store answered them", "result", "miss");
        joins = counter("cacheaside.joins", "Reads that took the result of another caller's load in this JVM");
        loads = timer("cache.loads", "Runs of the methods behind reads", "result", "success");
        failedLoads = timer("cache.loads", "Runs of the methods behind reads", "result", "failure");
        stale = counter("cacheaside.stale", "Loads that failed and were answered by an old value");
        failedFills = fill("failed");
        leaseWaits = timer("cacheaside.lease.waits", "Waits for a load that another JVM runs");
        unwritable = counter("cacheaside.unwritable", "Values that could not be written and were not stored");
        unusableTtls = counter("cacheaside.unusable.ttls", "Values whose own lifetime is none and were not stored");
        invalidated = invalidations("acknowledged");
        invalidatedAll = timer("cacheaside.invalidations.all", "Removals of all keys of the cache");
        unconfirmed = invalidations("unconfirmed");
        backgroundLag = timer(
                "cacheaside.background.lag",
                "Batches that were invalidated in the background, by the time from the first key's arrival to the store's answer");
        distrusted = distrusts("begun");
        trusted = distrusts("ended");
        marked = marks("set");
        failedMarks = marks("failed");
        relayed =
                timer("cacheaside.outbox.relayed", "Noted keys that the relay delivered, by their time in the outbox");
        setAside = counter("cacheaside.outbox.set.aside", "Noted keys that cannot be delivered and are kept aside");
        skippedKeys = counter("cacheaside.skipped.keys", "Keys of writes that were skipped for a null in them");
        storeFailures = counter("cacheaside.store.failures", "Reads of the store that failed or were late");
        skippedHotCalls =
                counter("cacheaside.hot.skipped", "Sampled calls that cannot be recorded for their arguments");
        bypasses = counters(BypassReason.class, this::bypass);
        fills = counters(FillOutcome.class, this::fill);
        refreshes = counters(RefreshState.class, this::refresh);
        writesThrough = counters(ThroughOutcome.class, this::writeThrough);
    }

    Counter bypasses(BypassReason reason) {
        return Objects.requireNonNull(bypasses.get(reason));
    }

    Counter fills(FillOutcome outcome) {
        return Objects.requireNonNull(fills.get(outcome));
    }

    Counter refreshes(RefreshState state) {
        return Objects.requireNonNull(refreshes.get(state));
    }

    Counter wroteThrough(ThroughOutcome outcome) {
        return Objects.requireNonNull(writesThrough.get(outcome));
    }

    Counter unreadable(String cause) {
        Counter known = unreadable.get(cause);
        return known != null
                ? known
                : unreadable.computeIfAbsent(
                        cause, c -> counter("cacheaside.unreadable", "Entries that could not be read", "cause", c));
    }

    private Counter bypass(String reason) {
        return counter("cacheaside.bypasses", "Reads that ran their method without the cache", "reason", reason);
    }

    private Counter fill(String outcome) {
        return counter("cacheaside.fills", "Conditional stores after a load", "outcome", outcome);
    }

    private Counter refresh(String state) {
        return counter("cacheaside.refreshes", "Loads in the background before the end of an entry", "state", state);
    }

    private Counter writeThrough(String outcome) {
        return counter("cacheaside.writes.through", "Results of write-through methods", "outcome", outcome);
    }

    private Counter invalidations(String result) {
        return counter("cacheaside.invalidations", "Invalidated keys, by the store's answer", "result", result);
    }

    private Counter distrusts(String state) {
        return counter("cacheaside.distrusts", "Times in which all keys of the cache are bypassed", "state", state);
    }

    private Counter marks(String result) {
        return counter(
                "cacheaside.marks", "Keys marked before a strict write, by the store's answer", "result", result);
    }

    private Counter counter(String name, String description, String... more) {
        return Counter.builder(name)
                .description(description)
                .tags(tags)
                .tags(more)
                .register(registry);
    }

    private Timer timer(String name, String description, String... more) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .tags(more)
                .register(registry);
    }

    private static <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, Function<String, Counter> register) {
        Map<E, Counter> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, register.apply(constant.name().toLowerCase(Locale.ROOT)));
        }
        return counters;
    }
}
