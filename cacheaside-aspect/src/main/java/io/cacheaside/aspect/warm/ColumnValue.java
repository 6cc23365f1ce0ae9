package io.cacheaside.aspect.warm;

import io.cacheaside.hot.ArgumentText;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Turns what a column holds into an argument. Numbers keep their value, or are refused. */
final class ColumnValue {

    private ColumnValue() {}

    /** False where no value of class {@code column} can be an argument of {@code type}. */
    static boolean fits(String column, Class<?> type) {
        Kind from = Kind.of(column);
        Kind to = Kind.of(ArgumentText.wrapper(type).getName());
        if (from == Kind.BINARY) {
            return false;
        }
        return from == to || from == Kind.OTHER || to == Kind.OTHER;
    }

    /**
     * {@code value} as an argument of {@code type}.
     *
     * @throws IllegalArgumentException with one sentence, where it is none
     */
    static Object as(Object value, Class<?> type) {
        Class<?> wanted = ArgumentText.wrapper(type);
        if (wanted.isInstance(value)) {
            return value;
        }
        if (value instanceof Number number && Kind.of(wanted.getName()) == Kind.NUMBER) {
            return ArgumentText.parse(plain(number), type);
        }
        if (value instanceof Timestamp timestamp) {
            return type == Instant.class
                    ? timestamp.toInstant()
                    : ArgumentText.parse(timestamp.toLocalDateTime().toString(), type);
        }
        if (value instanceof OffsetDateTime time && type == Instant.class) {
            return time.toInstant();
        }
        return ArgumentText.parse(text(value), type);
    }

    private static String plain(Number number) {
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    private static String text(Object value) {
        if (value instanceof Date date) {
            LocalDate day = date.toLocalDate();
            return day.toString();
        }
        if (value instanceof Time time) {
            LocalTime ofDay = time.toLocalTime();
            return ofDay.toString();
        }
        return ArgumentText.of(value);
    }

    /** Kinds of values that are never each other; of another kind may be anything, such as a text. */
    private enum Kind {
        NUMBER,
        TEMPORAL,
        BOOLEAN,
        UNIQUE,
        BINARY,
        OTHER;

        static Kind of(String className) {
            if (className.equals(UUID.class.getName())) {
                return UNIQUE;
            }
            if (className.equals(Boolean.class.getName())) {
                return BOOLEAN;
            }
            if (className.startsWith("java.time.") || className.matches("java\\.sql\\.(Date|Time|Timestamp)")) {
                return TEMPORAL;
            }
            if (className.startsWith("java.math.")
                    || className.matches("java\\.lang\\.(Byte|Short|Integer|Long|Float|Double)")) {
                return NUMBER;
            }
            return className.startsWith("[") || className.equals("java.sql.Blob") || className.equals("byte[]")
                    ? BINARY
                    : OTHER;
        }
    }
}
