package io.cacheaside.hot;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The text of an argument, from which the same argument can be made again. For parameters of closed, immutable types. */
public final class ArgumentText {

    private static final Map<Class<?>, Function<String, Object>> PARSERS = parsers();

    private static final Map<Class<?>, Class<?>> WRAPPERS = Stream.of(
                    boolean.class,
                    byte.class,
                    short.class,
                    char.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class)
            .collect(Collectors.toMap(
                    primitive -> primitive,
                    primitive -> MethodType.methodType(primitive).wrap().returnType()));

    private ArgumentText() {}

    /** True where arguments of a parameter of {@code type} have a text: text, numbers, UUID, enums, times and a few more. */
    public static boolean knows(Class<?> type) {
        return type.isEnum() || PARSERS.containsKey(wrapper(type));
    }

    /** True where every parameter is of such a type. */
    public static boolean knows(List<Class<?>> types) {
        return types.stream().allMatch(ArgumentText::knows);
    }

    /** The text of {@code argument}, which is of a type that is {@link #knows known}. */
    public static String of(Object argument) {
        if (argument instanceof Enum<?> constant) {
            return constant.name();
        }
        return argument instanceof Locale locale ? locale.toLanguageTag() : argument.toString();
    }

    /**
     * The argument of {@code type} with this text.
     *
     * @throws IllegalArgumentException with one sentence that names text and type, where there is none
     */
    public static Object parse(String text, Class<?> type) {
        try {
            Function<String, Object> parser = PARSERS.get(wrapper(type));
            if (parser != null) {
                return parser.apply(text);
            }
            for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
        } catch (RuntimeException e) {
            throw refused(text, type, e);
        }
        throw refused(text, type, null);
    }

    /** The class of the values of {@code type}: another one for primitives only. */
    public static Class<?> wrapper(Class<?> type) {
        return WRAPPERS.getOrDefault(type, type);
    }

    private static IllegalArgumentException refused(String text, Class<?> type, @Nullable Exception why) {
        return new IllegalArgumentException("'" + text + "' is no " + type.getSimpleName(), why);
    }

    private static Map<Class<?>, Function<String, Object>> parsers() {
        return Map.ofEntries(
                parser(String.class, text -> text),
                parser(Character.class, ArgumentText::character),
                parser(Boolean.class, ArgumentText::bool),
                parser(Byte.class, Byte::valueOf),
                parser(Short.class, Short::valueOf),
                parser(Integer.class, Integer::valueOf),
                parser(Long.class, Long::valueOf),
                parser(Float.class, Float::valueOf),
                parser(Double.class, Double::valueOf),
                parser(BigInteger.class, BigInteger::new),
                parser(BigDecimal.class, BigDecimal::new),
                parser(UUID.class, ArgumentText::uuid),
                parser(Instant.class, Instant::parse),
                parser(LocalDate.class, LocalDate::parse),
                parser(LocalTime.class, LocalTime::parse),
                parser(LocalDateTime.class, LocalDateTime::parse),
                parser(OffsetDateTime.class, OffsetDateTime::parse),
                parser(ZonedDateTime.class, ZonedDateTime::parse),
                parser(Year.class, Year::parse),
                parser(YearMonth.class, YearMonth::parse),
                parser(Duration.class, Duration::parse),
                parser(Currency.class, Currency::getInstance),
                parser(Locale.class, Locale::forLanguageTag),
                parser(URI.class, URI::create));
    }

    private static Map.Entry<Class<?>, Function<String, Object>> parser(
            Class<?> type, Function<String, Object> parser) {
        return Map.entry(type, parser);
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }

    private static Object bool(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    /** {@link UUID#fromString} takes shorter ones, too, which are others then. */
    private static Object uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not written in full");
        }
        return uuid;
    }
}
