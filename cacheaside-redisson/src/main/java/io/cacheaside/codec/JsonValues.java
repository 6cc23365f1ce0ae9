package io.cacheaside.codec;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The JDK's classes that are one text, number or boolean in JSON, by the names that shapes have for them. */
final class JsonValues {

    private static final Map<Class<?>, String> PLAIN = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean?"),
            Map.entry(byte.class, "int8"),
            Map.entry(Byte.class, "int8?"),
            Map.entry(short.class, "int16"),
            Map.entry(Short.class, "int16?"),
            Map.entry(int.class, "int32"),
            Map.entry(Integer.class, "int32?"),
            Map.entry(long.class, "int64"),
            Map.entry(Long.class, "int64?"),
            Map.entry(float.class, "float32"),
            Map.entry(Float.class, "float32?"),
            Map.entry(double.class, "float64"),
            Map.entry(Double.class, "float64?"),
            Map.entry(BigInteger.class, "integer"),
            Map.entry(BigDecimal.class, "decimal"),
            Map.entry(UUID.class, "uuid"),
            Map.entry(URI.class, "uri"),
            Map.entry(byte[].class, "base64"));

    private static final boolean TIMES = isPresent();

    private JsonValues() {}

    /** Those of {@code java.time} only where Jackson's module for them is there. */
    static Map<Class<?>, String> all() {
        Map<Class<?>, String> all = new HashMap<>(PLAIN);
        if (TIMES) {
            for (Class<?> time : new Class<?>[] {
                Instant.class,
                LocalDate.class,
                LocalTime.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                Duration.class,
                Period.class,
                Year.class,
                YearMonth.class,
                ZoneId.class
            }) {
                all.put(time, time.getSimpleName());
            }
        }
        return all;
    }

    static void addTo(JsonMapper mapper) {
        if (TIMES) {
            Times.addTo(mapper);
        }
    }

    private static boolean isPresent() {
        try {
            Class.forName(
                    "com.fasterxml.jackson.datatype.jsr310.JavaTimeModule", false, JsonValues.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Apart, so that nothing is linked where the module is absent. */
    private static final class Times {
        static void addTo(JsonMapper mapper) {
            mapper.registerModule(new JavaTimeModule());
        }
    }
}
