package io.cacheaside.test;

import io.cacheaside.engine.BatchLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A source of many rows, which notes for which of them each call asked. Thread-safe. */
final class Shelf {

    private final Map<String, String> rows = new ConcurrentHashMap<>();
    private final List<List<@Nullable String>> calls = new CopyOnWriteArrayList<>();

    void put(String key, String value) {
        rows.put(key, value);
    }

    /** The keys of each call, in the order of the calls. */
    List<List<@Nullable String>> calls() {
        return List.copyOf(calls);
    }

    /** How many rows have been asked for. */
    int loaded() {
        return calls.stream().mapToInt(List::size).sum();
    }

    /** A loader of the rows of {@code keys}. */
    BatchLoader loader(List<@Nullable String> keys) {
        return positions -> {
            List<@Nullable String> asked = new ArrayList<>();
            @Nullable Object[] values = new @Nullable Object[positions.length];
            for (int i = 0; i < positions.length; i++) {
                String key = keys.get(positions[i]);
                asked.add(key);
                values[i] = key == null ? "keyless" : rows.get(key);
            }
            calls.add(asked);
            return values;
        };
    }
}
