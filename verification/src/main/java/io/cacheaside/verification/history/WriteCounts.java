package io.cacheaside.verification.history;

import io.cacheaside.verification.history.documents.Way;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How often something was written in each way, and how many rows that changed. Not thread-safe. */
final class WriteCounts {

    private static final String NONE = "none";

    private record Count(long writes, long rows) {

        Count and(Count other) {
            return new Count(writes + other.writes, rows + other.rows);
        }

        @Override
        public String toString() {
            String text = String.format(Locale.ROOT, " %,d", writes);
            return rows > writes ? text + String.format(Locale.ROOT, " (%,d rows)", rows) : text;
        }
    }

    private final Map<Way, Count> counts = new EnumMap<>(Way.class);

    /** One write of so many rows. */
    void add(Way way, int rows) {
        counts.merge(way, new Count(1, rows), Count::and);
    }

    void add(WriteCounts other) {
        other.counts.forEach((way, count) -> counts.merge(way, count, Count::and));
    }

    /** One word for {@link #parse}. */
    String word() {
        List<String> parts = new ArrayList<>();
        counts.forEach((way, count) -> parts.add(way + ":" + count.writes + ":" + count.rows));
        return parts.isEmpty() ? NONE : String.join(",", parts);
    }

    static WriteCounts parse(String word) {
        WriteCounts counts = new WriteCounts();
        for (String part : word.equals(NONE) ? new String[0] : word.split(",", -1)) {
            String[] figures = part.split(":", -1);
            counts.counts.put(
                    Way.valueOf(figures[0]), new Count(Long.parseLong(figures[1]), Long.parseLong(figures[2])));
        }
        return counts;
    }

    /** As people read it. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        counts.forEach((way, count) -> parts.add(Settings.name(way) + count));
        return String.join(", ", parts);
    }
}
