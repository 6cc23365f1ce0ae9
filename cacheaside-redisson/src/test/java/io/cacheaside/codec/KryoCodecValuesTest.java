package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.codec.CodecFixture.TypeOf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of JDK classes and of an application's own. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "UnusedVariable", "UnusedMethod", "UnnecessaryStringBuilder"})
class KryoCodecValuesTest {

    record Product(
            long id,
            String name,
            BigDecimal price,
            Instant changed,
            Status status,
            List<String> tags,
            boolean active,
            Integer stock) {}

    enum Status {
        ACTIVE,
        SOLD {
            @Override
            public String toString() {
                return "sold out";
            }
        }
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    sealed interface Result<T> {}

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(String reason) implements Result<T> {}

    record Page<T>(List<T> items, Map<String, T> byName, T[] array) {}

    record Primitives(byte b, short s, char c, int i, long l, float f, double d, boolean z) {}

    record Nothing() {}

    static class Base {
        private final String name;
        private transient int seen = 1;

        Base(String name) {
            this.name = name;
        }
    }

    static final class Derived extends Base {
        private final int name;
        private Derived parent;
        private List<Derived> children = new ArrayList<>();

        Derived(String baseName, int name) {
            super(baseName);
            this.name = name;
        }
    }

    static class WithConstructor {
        String text;
        transient int seen = 1;
    }

    static Stream<Arguments> jdkValues() {
        // wrapped: JUnit takes an array for a list of arguments
        return Stream.<Object>of(
                        true,
                        (byte) -1,
                        (short) 300,
                        'ä',
                        Integer.MIN_VALUE,
                        Long.MAX_VALUE,
                        1.5f,
                        Double.NaN,
                        "",
                        "text",
                        "Grüße",
                        "日本語 😀",
                        "\uD800 alone",
                        "\u0000\uFFFF",
                        BigInteger.ONE.shiftLeft(200),
                        BigDecimal.ZERO,
                        new BigDecimal("-12.3400"),
                        new BigDecimal("123456789012345678901234567890.5"),
                        new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
                        UUID.randomUUID(),
                        URI.create("https://example.org/a?b=c#d"),
                        Currency.getInstance("EUR"),
                        Locale.GERMANY,
                        Locale.ROOT,
                        new Locale("de", "DE", "x"),
                        Locale.forLanguageTag("zh-Hant-TW"),
                        Instant.MIN,
                        Instant.MAX,
                        Instant.EPOCH.minusNanos(1),
                        LocalDate.MIN,
                        LocalDate.of(2024, 2, 29),
                        LocalTime.MAX,
                        LocalDateTime.MIN,
                        OffsetDateTime.MAX,
                        OffsetTime.MIN,
                        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))
                                .withLaterOffsetAtOverlap(),
                        ZoneOffset.ofHours(-3),
                        Duration.ofSeconds(-1, 5),
                        Period.of(1, -2, 3),
                        Year.of(-5),
                        YearMonth.of(2024, 2),
                        MonthDay.of(2, 29),
                        DayOfWeek.FRIDAY,
                        OptionalInt.of(3),
                        OptionalInt.empty(),
                        OptionalLong.of(3),
                        OptionalDouble.of(1.5),
                        BitSet.valueOf(new long[] {5, 9}),
                        new Date(5),
                        new java.sql.Date(5),
                        Timestamp.from(Instant.ofEpochSecond(7, 8)),
                        Status.ACTIVE,
                        new int[] {1, -1},
                        new byte[0],
                        new boolean[] {true, false},
                        new char[] {'a'},
                        new long[] {1},
                        new short[] {2},
                        new float[] {3},
                        new double[] {4},
                        new String[] {"a", null},
                        new int[][] {{1}, {}, null},
                        new Status[] {Status.SOLD},
                        new Nothing())
                .map(value -> Arguments.of(new Object[] {value}));
    }

    @ParameterizedTest
    @MethodSource("jdkValues")
    void jdkValue_comesBackEqual(Object value) {
        Object read = roundTrip(value);

        assertThat(read).isEqualTo(value).hasSameClassAs(value);
    }

    @Test
    void constantWithABody_isTheConstant() {
        assertThat(roundTrip(new TypeOf<Status>() {}, Status.SOLD)).isSameAs(Status.SOLD);
    }

    @Test
    void zoneId_comesBackEqual() {
        assertThat(roundTrip(new TypeOf<ZoneId>() {}, ZoneId.of("Europe/Berlin")))
                .isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(roundTrip(new TypeOf<ZoneId>() {}, ZoneOffset.UTC)).isSameAs(ZoneOffset.UTC);
        assertThat(roundTrip(new TypeOf<List<ZoneId>>() {}, List.of(ZoneId.of("Asia/Tokyo"), ZoneOffset.MAX)))
                .isEqualTo(List.of(ZoneId.of("Asia/Tokyo"), ZoneOffset.MAX));
    }

    @Test
    void atomicsAndBuilders_keepTheirContent() {
        assertThat(((AtomicLong) roundTrip(new AtomicLong(7))).get()).isEqualTo(7);
        assertThat(roundTrip(new StringBuilder("x")).toString()).isEqualTo("x");
    }

    @Test
    void record_comesBackEqual() {
        Product full = new Product(
                42, "Espresso cup", new BigDecimal("12.90"), Instant.EPOCH, Status.SOLD, List.of("a", "b"), true, 7);
        Product sparse = new Product(-1, null, null, null, null, null, false, null);

        assertThat(roundTrip(full)).isEqualTo(full).isNotSameAs(full);
        assertThat(roundTrip(sparse)).isEqualTo(sparse);
    }

    @Test
    void primitivesOfARecord_comeBackEqual() {
        Primitives value = new Primitives((byte) 1, (short) 2, '3', 4, 5, 6, 7, true);

        assertThat(roundTrip(value)).isEqualTo(value);
    }

    @Test
    void sealedTypes_comeBackAsTheirSubclass() {
        List<Shape> shapes = Arrays.asList(new Circle(1), new Square(2), null, new Circle(3));

        assertThat(roundTrip(new TypeOf<Shape>() {}, new Square(2))).isEqualTo(new Square(2));
        assertThat(roundTrip(new TypeOf<List<Shape>>() {}, shapes)).isEqualTo(shapes);
        assertThat(roundTrip(new TypeOf<Result<Product>>() {}, new Failed<Product>("gone")))
                .isEqualTo(new Failed<>("gone"));
        assertThat(roundTrip(new TypeOf<Result<Shape>>() {}, new Ok<Shape>(new Circle(1))))
                .isEqualTo(new Ok<>(new Circle(1)));
    }

    @Test
    void generics_areFollowed() {
        Page<Shape> page = new Page<>(List.of(new Circle(1)), Map.of("a", new Square(1)), new Shape[] {new Circle(2)});

        Page<?> read = (Page<?>) roundTrip(new TypeOf<Page<Shape>>() {}, page);

        assertThat(read.items()).isEqualTo(page.items());
        assertThat(read.byName()).isEqualTo(page.byName());
        assertThat(read.array()).isEqualTo(page.array()).isInstanceOf(Shape[].class);
    }

    @Test
    void optional_comesBackEqual() {
        assertThat(roundTrip(new TypeOf<Optional<Shape>>() {}, Optional.of(new Circle(1))))
                .isEqualTo(Optional.of(new Circle(1)));
        assertThat(roundTrip(new TypeOf<Optional<String>>() {}, Optional.empty()))
                .isEqualTo(Optional.empty());
    }

    @Test
    void classWithoutEmptyConstructor_getsItsFieldsAndItsSuperclass() {
        Derived read = (Derived) roundTrip(new Derived("base", 5));

        assertThat(read.name).isEqualTo(5);
        assertThat(((Base) read).name).isEqualTo("base");
        assertThat(((Base) read).seen).isZero();
    }

    @Test
    void emptyConstructor_isUsed() {
        WithConstructor value = new WithConstructor();
        value.text = "x";
        value.seen = 9;

        WithConstructor read = (WithConstructor) roundTrip(value);

        assertThat(read.text).isEqualTo("x");
        assertThat(read.seen).isEqualTo(1);
    }

    @Test
    void cycles_stayCycles() {
        Derived parent = new Derived("parent", 1);
        Derived child = new Derived("child", 2);
        child.parent = parent;
        parent.children.add(child);
        parent.children.add(child);

        Derived read = (Derived) roundTrip(parent);

        assertThat(read.children.get(0).parent).isSameAs(read);
        assertThat(read.children.get(0)).isSameAs(read.children.get(1));
    }

    @Test
    void sharedReferences_stayShared() {
        List<String> shared = new ArrayList<>(List.of("x"));

        List<?> read = (List<?>) roundTrip(new TypeOf<List<List<String>>>() {}, List.of(shared, shared));

        assertThat(read.get(0)).isSameAs(read.get(1)).isEqualTo(shared);
    }
}
