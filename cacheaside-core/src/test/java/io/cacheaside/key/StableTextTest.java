package io.cacheaside.key;

import static io.cacheaside.key.Templates.compile;
import static io.cacheaside.key.Templates.render;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StableTextTest {

    interface Service {
        String find(Object any);
    }

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "not the name";
            }
        }
    }

    record Id(long value) {}

    record Wrapped(Id id) {}

    record Any(@Nullable Object value) {}

    record Pair(int a, int b) {}

    record Named(int a, int b) {
        @Override
        public String toString() {
            return a + "/" + b;
        }
    }

    record Endless(@Nullable Endless next) {}

    static class Sku {
        @Override
        public String toString() {
            return "sku{1}";
        }
    }

    static class SubSku extends Sku {}

    static class Identity {}

    static class Nothing {
        @Override
        @SuppressWarnings("ToStringReturnsNull") // users write it
        public @Nullable String toString() {
            return null;
        }
    }

    @SuppressWarnings("deprecation") // a builder refuses what this constructor takes
    private static Locale locale(String language, String country, String variant) {
        return new Locale(language, country, variant);
    }

    static final KeyTemplate ANY = compile("a:#any", Service.class, "find");

    static List<Arguments> stable() throws Exception {
        return List.of(
                Arguments.of("text", "text"),
                Arguments.of("", ""),
                Arguments.of('c', "c"),
                Arguments.of(':', "%3A"),
                Arguments.of(true, "true"),
                Arguments.of((byte) -1, "-1"),
                Arguments.of((short) 7, "7"),
                Arguments.of(Integer.MIN_VALUE, "-2147483648"),
                Arguments.of(Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
                Arguments.of(new BigDecimal("1.50"), "1.50"),
                Arguments.of(new BigDecimal("1E+3"), "1E+3"),
                Arguments.of(Colour.RED, "RED"),
                Arguments.of(Colour.GREEN, "GREEN"),
                Arguments.of(TimeUnit.DAYS, "DAYS"),
                Arguments.of(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
                Arguments.of(URI.create("http://a/b"), "http%3A//a/b"),
                Arguments.of(URI.create("http://a/b").toURL(), "http%3A//a/b"),
                Arguments.of(LocalTime.of(12, 30), "12%3A30"),
                Arguments.of(Instant.ofEpochSecond(1), "1970-01-01T00%3A00%3A01Z"),
                Arguments.of(ZoneId.of("Europe/Berlin"), "Europe/Berlin"),
                Arguments.of(ZoneId.of("+02:00"), "+02%3A00"),
                Arguments.of(Locale.GERMANY, "de-DE"),
                Arguments.of(Locale.ROOT, "und"),
                Arguments.of(Currency.getInstance("EUR"), "EUR"),
                Arguments.of(String.class, "java.lang.String"),
                Arguments.of(new Id(42), "42"),
                Arguments.of(new Wrapped(new Id(42)), "42"),
                Arguments.of(new Any("x"), "x"),
                Arguments.of(new Named(1, 2), "1/2"),
                Arguments.of(new Sku(), "sku%7B1%7D"),
                Arguments.of(new SubSku(), "sku%7B1%7D"));
    }

    @ParameterizedTest
    @MethodSource("stable")
    void stableValue_isWrittenAsItsText(Object value, String text) {
        assertThat(render(ANY, value)).isEqualTo("shop:a:" + text);
    }

    @SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // users have such fields
    static List<Object> unstable() {
        return List.of(
                new int[] {1},
                new long[0],
                List.of(1),
                Map.of(),
                Optional.of(1),
                new Date(0),
                new java.sql.Timestamp(0),
                new StringBuilder(),
                new AtomicLong(1),
                new Object(),
                new Identity(),
                new Pair(1, 2),
                new Any(null),
                new Any(new int[0]),
                new Endless(null),
                new Nothing(),
                (Runnable) () -> {},
                Proxy.newProxyInstance(
                        Service.class.getClassLoader(), new Class<?>[] {Service.class}, (p, m, a) -> "text"),
                locale("no", "NO", "NY"));
    }

    @ParameterizedTest
    @MethodSource("unstable")
    void valueWithoutStableText_makesNoKeyAndIsExplained(Object value) {
        assertThat(render(ANY, value)).isNull();
        assertThat(ANY.missing(new Object[] {value}, null)).startsWith("#any ");
    }

    @Test
    void null_isNeverTheTextNull() {
        assertThat(render(ANY, new Object[] {null})).isNull();
        assertThat(ANY.missing(new Object[] {null}, null)).isEqualTo("#any is null");
        assertThat(render(ANY, "null")).isEqualTo("shop:a:null");
    }

    @Test
    void arrayAtRunTime_isExplainedWithAdvice() {
        assertThat(ANY.missing(new Object[] {new int[0]}, null))
                .isEqualTo("#any is an array (int[]): write one element, such as #any[0]");
    }

    @Test
    void numbersOfEqualValue_areTheSameKeyWhateverTheirTypes() {
        assertThat(Arrays.asList(render(ANY, 1), render(ANY, (short) 1), render(ANY, BigInteger.ONE), render(ANY, "1")))
                .containsOnly(render(ANY, 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "1.0, 1",
        "10.0, 10",
        "1e10, 10000000000",
        "0.1, 0.1",
        "9.99, 9.99",
        "-1.5, -1.5",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "1e300, 1E+300",
        "4.9E-324, 5E-324",
        "2.0E-3, 0.002",
        "5.684341886080802E-14, 5.684341886080802E-14",
        "1.7976931348623157E308, 1.7976931348623157E+308",
        "2e23, 2E+23"
    })
    void doubleNumber_isItsShortestDecimalOnEveryJava(double number, String text) {
        assertThat(render(ANY, number)).isEqualTo("shop:a:" + text);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0", "-0.0, -0", "0.1, 0.1", "16777216, 16777216", "1.4E-45, 1E-45", "3.4028235E38, 3.4028235E+38"
    })
    void floatNumber_isItsShortestDecimalOnEveryJava(float number, String text) {
        assertThat(render(ANY, number)).isEqualTo("shop:a:" + text);
    }

    @Test
    void decimalsOfDifferentScale_areDifferentKeys() {
        assertThat(render(ANY, new BigDecimal("1.0"))).isNotEqualTo(render(ANY, new BigDecimal("1.00")));
    }

    @Test
    void localesThatToStringConfuses_staySeparate() {
        assertThat(render(ANY, locale("", "", "x"))).isNotEqualTo(render(ANY, Locale.ROOT));
    }
}
