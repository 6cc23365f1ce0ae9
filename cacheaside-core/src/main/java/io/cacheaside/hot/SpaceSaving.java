package io.cacheaside.hot;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A bounded sketch of what occurs most often in a stream: Space-Saving of Metwally, Agrawal and El Abbadi, "Efficient
 * Computation of Frequent and Top-k Elements in Data Streams", ICDT 2005. Not thread-safe.
 *
 * <ol>
 *   <li>What has a counter is counted. What has none takes the place of one with the smallest count, and inherits that count.
 *   <li>So a count is never too small, too large by at most the smallest count, and that is at most occurrences / capacity:
 *       what occurs more often than that has a counter.
 * </ol>
 */
final class SpaceSaving<T> {

    private final int capacity;
    private final Map<T, Long> counts = new HashMap<>();
    private final TreeMap<Long, Set<T>> byCount = new TreeMap<>();

    /** A sketch with {@code capacity} counters, at least one. */
    SpaceSaving(int capacity) {
        this.capacity = capacity;
    }

    /** Counts one occurrence, in time logarithmic in the number of different counts. */
    void add(T item) {
        Long count = counts.get(item);
        if (count != null) {
            take(item, count);
            put(item, count + 1);
        } else if (counts.size() < capacity) {
            put(item, 1);
        } else {
            long least = byCount.firstKey();
            T oldest = byCount.firstEntry().getValue().iterator().next();
            take(oldest, least);
            counts.remove(oldest);
            put(item, least + 1);
        }
    }

    /** The counts, the largest first. */
    Map<T, Long> counts() {
        Map<T, Long> sorted = new LinkedHashMap<>();
        byCount.descendingMap().forEach((count, items) -> items.forEach(item -> sorted.put(item, count)));
        return sorted;
    }

    private void put(T item, long count) {
        counts.put(item, count);
        byCount.computeIfAbsent(count, none -> new LinkedHashSet<>()).add(item);
    }

    private void take(T item, long count) {
        byCount.computeIfPresent(count, (same, items) -> {
            items.remove(item);
            return items.isEmpty() ? null : items;
        });
    }
}
