package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.decode;
import static io.cacheaside.codec.CodecFixture.formatOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.CodecException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Few bytes that would keep a reader busy for very long, and values that only look like them. */
@SuppressWarnings("JdkObsolete") // those have to be refused
class KryoCodecTimeTest {

    record Clash(int a, int b) {}

    record Part(String name, Shared shared) {}

    record Shared(String text) {}

    @Test
    void setsThatShareTheirPartsManyTimesOver_areRefused() {
        Set<Object> root = new HashSet<>();
        List<Set<Object>> above = List.of(root);
        for (int i = 0; i < 15; i++) {
            Set<Object> left = new HashSet<>(Set.of("left"));
            Set<Object> right = new HashSet<>();
            for (Set<Object> set : above) { // filled from above: none is hashed when it is full
                set.add(left);
                set.add(right);
            }
            above = List.of(left, right);
        }
        Type type = new TypeOf<Set<Set<String>>>() {}.type();
        ValueFormat format = formatOf(type);
        byte[] bytes = KryoCodec.builder().build().formatOf(type, 1 << 26).encode(root);

        assertThat(bytes).hasSizeLessThan(2_000);
        assertThatThrownBy(() -> decode(format, bytes)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> format.encode(root)).isInstanceOf(CodecException.class);
    }

    @Test
    void listsThatShareTheirPartsManyTimesOver_areRead() {
        List<Object> list = new ArrayList<>(List.of("leaf"));
        for (int i = 0; i < 60; i++) {
            list = new ArrayList<>(List.of(list, list));
        }
        ValueFormat format = formatOf(new TypeOf<List<List<String>>>() {});

        List<?> read = (List<?>) decode(format, format.encode(list));

        assertThat(read).hasSize(2);
        assertThat(read.get(0)).isSameAs(read.get(1));
    }

    @Test
    void manyElementsWithOnePartInCommon_areRead() {
        Shared shared = new Shared("x".repeat(1_000));
        Set<Part> parts = IntStream.range(0, 5_000)
                .mapToObj(i -> new Part("p" + i, shared))
                .collect(Collectors.toSet());
        ValueFormat format = formatOf(new TypeOf<Set<Part>>() {});

        assertThat(decode(format, format.encode(parts))).isEqualTo(parts);
    }

    @Test
    void manyEqualHashes_areRefused() {
        ValueFormat format = formatOf(new TypeOf<Set<Clash>>() {});
        ValueFormat maps = formatOf(new TypeOf<Map<Clash, String>>() {});

        assertThatThrownBy(() -> decode(format, format.encode(clashes(1_000))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("same hash");
        assertThatThrownBy(() -> decode(
                        maps,
                        maps.encode(new HashMap<>(clashes(1_000).stream().collect(Collectors.toMap(c -> c, c -> ""))))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("same hash");
        assertThat(decode(format, format.encode(clashes(128)))).isEqualTo(clashes(128));
    }

    /** All with hash 0. */
    private static Set<Clash> clashes(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Clash(i, -31 * i)).collect(Collectors.toSet());
    }

    @Test
    void numbersThatShareTheSlotOfAnImmutableSet_areRefusedOnlyThere() {
        Set<Integer> numbers =
                IntStream.range(0, 1_000).mapToObj(i -> i * 2_000).collect(Collectors.toSet());
        ValueFormat format = formatOf(new TypeOf<Set<Integer>>() {});

        assertThatThrownBy(() -> decode(format, format.encode(Set.copyOf(numbers))))
                .hasMessageContaining("same hash");
        assertThat(decode(format, format.encode(numbers))).isEqualTo(numbers);
    }

    @Test
    void kindsThatCompareEachElementWithEachOther_areRefusedBeyondFewThousand() {
        List<Integer> numbers = IntStream.range(0, 5_000).boxed().toList();
        Map<Integer, Integer> table = new Hashtable<>();
        numbers.forEach(number -> table.put(number, number));
        ValueFormat sets = formatOf(new TypeOf<Set<Integer>>() {});
        ValueFormat maps = formatOf(new TypeOf<Map<Integer, Integer>>() {});

        assertThatThrownBy(() -> sets.encode(new CopyOnWriteArraySet<>(numbers)))
                .hasMessageContaining("too many");
        assertThatThrownBy(() -> maps.encode(table)).hasMessageContaining("too many");
    }
}
