package io.cacheaside.verification.decoder.specimens;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One component of each kind that a codec has to read. */
@SuppressWarnings("ArrayRecordComponent") // compared component by component
public record Everything(
        String text,
        @Nullable String none,
        BigDecimal number,
        boolean flag,
        int[] ints,
        List<Part> parts,
        List<String> words,
        Map<String, Part> byName,
        Map<Integer, Long> sorted,
        EnumSet<TimeUnit> units,
        EnumMap<TimeUnit, Integer> counts,
        Optional<Part> part,
        Part[] array,
        Shape shape,
        Object open,
        Instant at,
        UUID id,
        URI link,
        byte[] blob) {

    /** A value with something in every component. */
    public static Everything sample() {
        EnumMap<TimeUnit, Integer> counts = new EnumMap<>(TimeUnit.class);
        counts.put(TimeUnit.DAYS, 3);
        Part shared = new Part("shared", new byte[] {7});
        return new Everything(
                "Grüße, 日本語 and ascii",
                null,
                new BigDecimal("12345678901234567890.123"),
                true,
                new int[] {1, -1, Integer.MAX_VALUE},
                List.of(shared, new Part("b", new byte[0])),
                new ArrayList<>(List.of("one", "two", "three")),
                new LinkedHashMap<>(Map.of("shared", shared)),
                new TreeMap<>(Map.of(1, 1L, 2, -2L)),
                EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS),
                counts,
                Optional.of(shared),
                new Part[] {shared, new Part("c", new byte[3])},
                new Shape.Circle(1.5),
                new Shape.Square(2),
                Instant.ofEpochSecond(1_790_000_000L, 5),
                new UUID(1, 2),
                URI.create("https://shop.example/lamp"),
                new byte[40]);
    }
}
