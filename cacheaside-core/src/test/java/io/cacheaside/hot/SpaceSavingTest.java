package io.cacheaside.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {

    @Test
    void fewerItemsThanCounters_areCountedExactly() {
        SpaceSaving<String> sketch = new SpaceSaving<>(3);
        List.of("a", "b", "a", "c", "a", "b").forEach(sketch::add);

        assertThat(sketch.counts()).containsExactly(Map.entry("a", 3L), Map.entry("b", 2L), Map.entry("c", 1L));
    }

    @Test
    void newcomer_takesTheRarestPlace_andItsCount() {
        SpaceSaving<String> sketch = new SpaceSaving<>(2);
        List.of("a", "a", "b", "c").forEach(sketch::add);

        assertThat(sketch.counts()).containsOnly(Map.entry("a", 2L), Map.entry("c", 2L));
    }

    /** Points 1 and 2 of the sketch, and what the paper derives from them. */
    @Test
    void countsOfASkewedStream_areNeverTooSmall_andTooLargeByAtMostTheShareOfACounter() {
        int capacity = 50;
        int occurrences = 20_000;
        SpaceSaving<Integer> sketch = new SpaceSaving<>(capacity);
        Map<Integer, Long> exact = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < occurrences; i++) {
            int item = (int) (1 / (random.nextDouble() + 0.0002));
            sketch.add(item);
            exact.merge(item, 1L, Long::sum);
        }

        Map<Integer, Long> counts = sketch.counts();
        long error = occurrences / capacity;
        assertThat(counts).hasSize(capacity);
        counts.forEach((item, count) -> assertThat(count).isBetween(exact.get(item), exact.get(item) + error));
        exact.forEach((item, count) -> {
            if (count > error) {
                assertThat(counts).containsKey(item);
            }
        });
        assertThat(new ArrayList<>(counts.keySet()).subList(0, 3)).containsExactly(1, 2, 3);
    }
}
