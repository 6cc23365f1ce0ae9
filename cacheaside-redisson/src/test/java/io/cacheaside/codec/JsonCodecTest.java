package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.decode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.CodecException;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    enum Colour {
        RED,
        GREEN
    }

    record Product(long id, String name, BigDecimal price, List<String> labels) {}

    record Everything(
            boolean on,
            Integer count,
            double ratio,
            BigInteger big,
            UUID id,
            Instant at,
            OffsetDateTime there,
            Duration took,
            Colour colour,
            byte[] bytes,
            int[] numbers,
            Set<Colour> colours,
            Map<Colour, Product> products) {}

    static final class Pet {
        private String name = "";
        private transient int seen = 7;

        Pet() {}

        Pet(String name) {
            this.name = name;
        }

        public String getLoudName() {
            return name + seen;
        }
    }

    record Tree(String name, List<Tree> children) {}

    static class NotFinal {}

    record Open(Object anything) {}

    interface Shape {}

    record Drawing(Shape shape) {}

    static final class NoEmptyConstructor {
        final int a;

        NoEmptyConstructor(int a) {
            this.a = a;
        }
    }

    private static final Product PRODUCT = new Product(42, "Ünit", new BigDecimal("9.90"), List.of("new", "blue"));

    private static ValueFormat formatOf(Type type) {
        return new JsonCodec().formatOf(type);
    }

    private static Object read(Type type, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return decode(formatOf(type), bytes);
    }

    /** The layout that other languages rely upon: bytes and fingerprint. */
    @Test
    void goldenValue_keepsItsBytesAndItsFingerprint() {
        ValueFormat format = formatOf(Product.class);

        assertThat(new String(format.encode(PRODUCT), UTF_8))
                .isEqualTo("{\"id\":42,\"labels\":[\"new\",\"blue\"],\"name\":\"Ünit\",\"price\":9.90}");
        assertThat(Long.toHexString(format.fingerprint())).isEqualTo("e3a1cfd2e22405b7");
        assertThat(decode(format, format.encode(PRODUCT))).isEqualTo(PRODUCT);
    }

    @Test
    void everyKnownType_comesBackEqual() {
        Everything value = new Everything(
                true,
                null,
                0.1,
                new BigInteger("123456789012345678901234567890"),
                UUID.fromString("00000000-0000-0001-0000-000000000002"),
                Instant.parse("2026-11-20T10:15:30.123456789Z"),
                OffsetDateTime.parse("2026-11-20T10:15:30+02:00"),
                Duration.ofMillis(1_500),
                Colour.GREEN,
                new byte[] {1, -1},
                new int[] {3, 2, 1},
                Set.of(Colour.RED),
                Map.of(Colour.RED, PRODUCT));
        ValueFormat format = formatOf(Everything.class);

        assertThat(decode(format, format.encode(value)))
                .usingRecursiveComparison()
                .isEqualTo(value);
    }

    @Test
    void classWithFields_isWrittenByItsFields() {
        ValueFormat format = formatOf(Pet.class);
        byte[] bytes = format.encode(new Pet("Rex"));

        assertThat(new String(bytes, UTF_8)).isEqualTo("{\"name\":\"Rex\"}");
        assertThat(((Pet) decode(format, bytes)).getLoudName()).isEqualTo("Rex7");
    }

    @Test
    void recursiveAndGenericTypes_comeBackEqual() {
        Tree tree = new Tree("root", List.of(new Tree("leaf", List.of())));
        ValueFormat trees = formatOf(Tree.class);
        assertThat(decode(trees, trees.encode(tree))).isEqualTo(tree);

        Map<String, List<Product>> map = new LinkedHashMap<>(Map.of("a", List.of(PRODUCT)));
        ValueFormat maps = formatOf(new TypeOf<Map<String, List<Product>>>() {}.type());
        assertThat(decode(maps, maps.encode(map))).isEqualTo(map);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"id\":42,\"name\":\"a\",\"price\":1}",
                "{\"id\":42,\"name\":\"a\",\"price\":1,\"labels\":[],\"more\":1}",
                "{\"id\":42,\"id\":43,\"name\":\"a\",\"price\":1,\"labels\":[]}",
                "{\"id\":null,\"name\":\"a\",\"price\":1,\"labels\":[]}",
                "{\"id\":\"42\",\"name\":\"a\",\"price\":1,\"labels\":[]}",
                "{\"id\":4.2,\"name\":\"a\",\"price\":1,\"labels\":[]}",
                "{\"id\":42,\"name\":{\"@class\":\"java.net.URL\"},\"price\":1,\"labels\":[]}",
                "{\"@class\":\"java.net.URL\",\"id\":42,\"name\":\"a\",\"price\":1,\"labels\":[]}",
                "[\"java.util.ArrayList\",{\"id\":42,\"name\":\"a\",\"price\":1,\"labels\":[]}]",
                "{\"id\":42,\"name\":\"a\",\"price\":1,\"labels\":[]} {}"
            })
    void jsonOfAnotherShape_isUnreadable(String json) {
        assertThatThrownBy(() -> read(Product.class, json)).isInstanceOf(CodecException.class);
    }

    @Test
    void deepNesting_isUnreadable() {
        String json = "{\"name\":\"a\",\"children\":[".repeat(10_000);
        assertThatThrownBy(() -> read(Tree.class, json)).isInstanceOf(CodecException.class);
    }

    @Test
    void everyTruncation_isUnreadable() {
        ValueFormat format = formatOf(Product.class);
        byte[] bytes = format.encode(PRODUCT);
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(format, truncated)).isInstanceOf(CodecException.class);
        }
    }

    static List<Type> refused() {
        return List.of(
                Object.class,
                Open.class,
                Shape.class,
                Drawing.class,
                NotFinal.class,
                NoEmptyConstructor.class,
                Thread.class,
                new TypeOf<List<?>>() {}.type(),
                new TypeOf<Map<Product, String>>() {}.type());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void typeThatJsonCannotTell_isRefusedAtStart(Type type) {
        assertThatThrownBy(() -> formatOf(type)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void objectOfAnotherClass_isNotWritten() {
        assertThatThrownBy(() -> formatOf(Pet.class).encode("text")).isInstanceOf(CodecException.class);
    }

    record CyclicHolder(Map<String, CyclicHolder> inner) {}

    @Test
    void cycle_isNotWritten() {
        Map<String, CyclicHolder> inner = new HashMap<>();
        CyclicHolder holder = new CyclicHolder(inner);
        inner.put("self", holder);
        assertThatThrownBy(() -> formatOf(CyclicHolder.class).encode(holder)).isInstanceOf(CodecException.class);
    }

    @Test
    void payloadOverTheLimit_isNeitherWrittenNorRead() {
        ValueFormat format = new JsonCodec().formatOf(String.class, 10);
        assertThatThrownBy(() -> format.encode("123456789")).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> decode(format, "\"123456789\"".getBytes(UTF_8)))
                .isInstanceOf(CodecException.class);
        assertThat(decode(format, format.encode("12345678"))).isEqualTo("12345678");
    }

    @Test
    void fingerprint_isOfNamesAndKindsButNotOfClassNames() {
        record Other(List<String> labels, BigDecimal price, String name, long id) {}
        record Wider(List<String> labels, double price, String name, long id) {}
        assertThat(formatOf(Other.class).fingerprint())
                .isEqualTo(formatOf(Product.class).fingerprint());
        assertThat(formatOf(Wider.class).fingerprint())
                .isNotEqualTo(formatOf(Product.class).fingerprint());
    }
}
