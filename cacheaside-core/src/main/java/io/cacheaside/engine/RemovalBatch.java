package io.cacheaside.engine;

import io.cacheaside.engine.RemovalQueue.Queued;
import io.cacheaside.spi.CacheListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys that were taken out of the queue, the oldest first, and the command that removes them. */
record RemovalBatch(Map<String, Queued> keys, Sending sending) {

    /** That of {@code keys}, one at least. */
    static RemovalBatch of(Map<String, Queued> keys, Replay replay, CacheListener listener) {
        List<Removing> removals = new ArrayList<>(keys.size());
        keys.forEach((key, one) -> removals.add(Removing.unmarked(new Stale(one.cache(), key, one.policy()))));
        return new RemovalBatch(keys, replay.first(removals, new Replacements(listener)));
    }

    int size() {
        return keys.size();
    }

    Queued oldest() {
        return keys.values().iterator().next();
    }

    /** How long a writer of any of them would wait. */
    Duration timeout() {
        return keys.values().stream()
                .map(one -> one.policy().timeout())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Sends it; fails where it is not acknowledged within {@code deadline}. */
    CompletableFuture<Void> send(Replay replay, Duration deadline) {
        return Waiting.send(() -> replay.send(sending)).copy().orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What is not acknowledged. {@code listener} is told how long the others have taken until {@code now}. */
    List<Removing> left(@Nullable Throwable failure, CacheListener listener, long now) {
        List<Removing> left = failure == null ? List.of() : sending.giveUp();
        Map<String, Queued> done = new LinkedHashMap<>(keys);
        left.forEach(removing -> done.remove(removing.key()));
        Map<String, List<Queued>> byCache = done.values().stream()
                .collect(Collectors.groupingBy(Queued::cache, LinkedHashMap::new, Collectors.toList()));
        byCache.forEach((cache, oldestFirst) -> listener.invalidatedLater(
                cache,
                oldestFirst.size(),
                Duration.ofNanos(now - oldestFirst.get(0).since())));
        return left;
    }

    /** Those of the keys that {@code left} names, as they were taken. */
    Map<String, Queued> of(List<Removing> left) {
        Map<String, Queued> again = new LinkedHashMap<>(keys);
        again.keySet().retainAll(left.stream().map(Removing::key).collect(Collectors.toSet()));
        return again;
    }
}
