package io.cacheaside.memory;

import io.cacheaside.spi.HotCallLog;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The hot calls of this JVM, for as long as it lives. Days are never forgotten. */
public final class MemoryHotCallLog implements HotCallLog {

    private final Map<Day, Map<String, Long>> days = new ConcurrentHashMap<>();

    private record Day(String cache, LocalDate date) {}

    /** An empty record. */
    public MemoryHotCallLog() {}

    @Override
    public CompletableFuture<Void> add(String cache, LocalDate day, Map<String, Long> reads, int most, Duration keep) {
        days.compute(new Day(cache, day), (same, before) -> {
            Map<String, Long> sums = new HashMap<>(before == null ? Map.of() : before);
            reads.forEach((call, count) -> sums.merge(call, count, Long::sum));
            sums.keySet().retainAll(top(sums, most));
            return Map.copyOf(sums);
        });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<String>> hottest(String cache, Collection<LocalDate> wanted, int most) {
        Map<String, Long> sums = new HashMap<>();
        wanted.forEach(day -> days.getOrDefault(new Day(cache, day), Map.of())
                .forEach((call, count) -> sums.merge(call, count, Long::sum)));
        return CompletableFuture.completedFuture(top(sums, most));
    }

    private static List<String> top(Map<String, Long> sums, int most) {
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
