package io.cacheaside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.CodecException;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What reading allocates, which is what was counted, and payloads that would allocate much more than their size. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // applications have them
class KryoCodecMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Type ANYTHING = new TypeOf<List<Object>>() {}.type();
    private static final int MANY = 3_000;
    private static final long SPARE = 1 << 20;

    record Point(int x, long y, String name) {}

    static class Bean {
        int number = 1;
        double weight = 2;
        String text = "text";
        Point[] points = {new Point(1, 2, "p")};
    }

    /** Makes an element from a number. */
    static Stream<IntFunction<Object>> kinds() {
        List<IntFunction<Object>> kinds = new ArrayList<>(List.of(
                i -> i,
                i -> i * 1_000_000_007L,
                i -> (double) i,
                i -> i % 2 == 0,
                i -> "",
                i -> "text " + i,
                i -> "weiter Text … " + i,
                i -> "one \uD800 " + i,
                i -> new StringBuilder("buffer " + i),
                i -> new BigDecimal("1" + i + ".25"),
                i -> new BigDecimal(new BigInteger("1234567890123456789012345" + i), 3),
                i -> new UUID(i, i),
                i -> URI.create("https://user@shop.example.com:8080/" + i + "/a?b=c#d"),
                i -> Locale.forLanguageTag(i % 2 == 0 ? "de-CH" : "sr-Latn-RS"),
                Instant::ofEpochSecond,
                i -> LocalDateTime.of(2026, 1, 1, i % 24, i % 60),
                i -> OffsetDateTime.of(2026, 1, 1, i % 24, i % 60, 1, 1, ZoneOffset.ofTotalSeconds(i % 60_000)),
                i -> ZonedDateTime.of(2026, 1, 1, i % 24, i % 60, 1, 1, ZoneId.of("Europe/Zurich")),
                Date::new,
                i -> BitSet.valueOf(new long[] {i, 5, i + 1}),
                i -> new byte[i % 50],
                i -> new long[i % 50],
                i -> new Point(i, i, "name"),
                i -> new Bean(),
                Optional::of,
                i -> Map.entry(i, i),
                i -> EnumSet.of(TimeUnit.DAYS),
                i -> new EnumMap<>(Map.of(TimeUnit.DAYS, i))));
        List<Function<List<Integer>, Object>> collections = List.of(
                ArrayList::new,
                LinkedList::new,
                List::copyOf,
                ArrayDeque::new,
                ConcurrentLinkedDeque::new,
                PriorityQueue::new,
                CopyOnWriteArrayList::new,
                CopyOnWriteArraySet::new,
                HashSet::new,
                LinkedHashSet::new,
                TreeSet::new,
                Set::copyOf,
                Collections::unmodifiableList,
                items -> items.stream().collect(Collectors.toCollection(Stack::new)),
                items -> items.stream().collect(Collectors.toCollection(ConcurrentHashMap::newKeySet)),
                items -> new HashMap<>(mapOf(items)),
                items -> new LinkedHashMap<>(mapOf(items)),
                items -> new TreeMap<>(mapOf(items)),
                items -> new ConcurrentHashMap<>(mapOf(items)),
                items -> new ConcurrentSkipListMap<>(mapOf(items)),
                items -> Map.copyOf(mapOf(items)));
        for (int size : new int[] {0, 1, 5, 40, 200}) {
            for (Function<List<Integer>, Object> collection : collections) {
                kinds.add(i ->
                        collection.apply(IntStream.range(i, i + size).boxed().toList()));
            }
        }
        kinds.add(i -> Set.of(Set.of(i), Set.of(i + 1, i + 2), List.of(), List.of(i)));
        kinds.add(i -> new HashSet<>(equalHashes(40)));
        // other hashes, but one chain of the table
        kinds.add(
                i -> new HashSet<>(IntStream.range(0, 40).mapToObj(n -> n << 22).toList()));
        return kinds.stream();
    }

    private static Map<Integer, Integer> mapOf(List<Integer> items) {
        return items.stream().collect(Collectors.toMap(i -> i, i -> i));
    }

    /** Lists, all with the same hash. */
    private static List<List<Integer>> equalHashes(int count) {
        return IntStream.range(0, count).mapToObj(n -> List.of(n, -31 * n)).toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsAllocated_isCountedBothWays(IntFunction<Object> kind) {
        List<Object> value = listOf(kind, 300);
        assertCounted(value, session(Evolution.STRICT));
        assertCounted(value, session(Evolution.TOLERANT));
    }

    private static void assertCounted(List<Object> value, KryoSession session) {
        byte[] bytes = session.encode(value);
        long countedByWriter = session.allocated();
        session.free();
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) { // the first one loads classes
            long before = THREADS.getCurrentThreadAllocatedBytes();
            session.decode(bytes, 0, bytes.length);
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(session.allocated()).isEqualTo(countedByWriter);
        assertThat(allocated).as("for each %s", value.get(1).getClass()).isLessThan(countedByWriter + 4_096);
    }

    private static KryoSession session(Evolution evolution) {
        AllowList allowed = new AllowList(
                Set.of(Point.class, Bean.class, TimeUnit.class),
                Set.of(),
                Thread.currentThread().getContextClassLoader());
        Schema schema = TypeWalk.schemaOf(ANYTHING, allowed);
        Registry registry = new Registry(schema, allowed, new ClassIds(), evolution);
        return new KryoSession(registry, Slot.of(schema.root(), evolution), 1 << 26);
    }

    private static List<Object> listOf(IntFunction<Object> kind, int size) {
        return IntStream.range(0, size).mapToObj(kind).collect(Collectors.toCollection(ArrayList::new));
    }

    static Stream<Object> bombs() {
        List<Object> half = new ArrayList<>(List.of(new byte[400_000]));
        half.addAll(listOf(i -> new HashSet<>(), 100_000));
        List<Object> hashed = new ArrayList<>(List.of(new byte[400_000]));
        hashed.addAll(listOf(i -> new HashSet<>(equalHashes(60)), 50));
        Set<Object> nested = new HashSet<>();
        for (int depth = 0; depth < 60; depth++) {
            nested = new HashSet<>(List.of(nested, List.of(depth), List.of(-depth)));
        }
        Set<Object> deep = nested;
        return Stream.of(
                listOf(i -> new HashSet<>(), 200_000),
                listOf(i -> new ArrayList<>(), 200_000),
                listOf(i -> new Point[0], 200_000),
                listOf(i -> "", 400_000),
                listOf(i -> Optional.of(i % 100), 120_000),
                listOf(i -> new LinkedHashMap<>(Map.of(1, 2)), 50_000),
                listOf(i -> copy(deep), 10),
                half,
                hashed);
    }

    /** Equal, of other sets. */
    private static Object copy(Object value) {
        return value instanceof Set<?> set
                ? set.stream().map(KryoCodecMemoryTest::copy).collect(Collectors.toCollection(HashSet::new))
                : value;
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void payloadOfManyTinyObjects_isRefusedBothWays(Object value) {
        KryoCodec codec = KryoCodec.builder()
                .allow(TimeUnit.class, Point.class, Point[].class)
                .build();
        ValueFormat format = codec.formatOf(ANYTHING);
        byte[] bytes = codec.formatOf(ANYTHING, 1 << 26).encode(value);
        assertThat(bytes.length).isLessThan(1 << 20);
        long before = THREADS.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> format.decode(bytes, 0, bytes.length))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("too much memory");

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * bytes.length + SPARE);
        assertThatThrownBy(() -> format.encode(value)).hasMessageContaining("too much memory");
    }

    @Test
    void ordinaryValues_areRead() {
        ValueFormat points = CodecFixture.formatOf(new TypeOf<List<Point>>() {});
        ValueFormat texts = CodecFixture.formatOf(new TypeOf<Map<String, String>>() {});
        List<Point> value = IntStream.range(0, 2 * MANY)
                .mapToObj(i -> new Point(i, i, "name " + i))
                .toList();
        Map<String, String> map =
                IntStream.range(0, 2 * MANY).boxed().collect(Collectors.toMap(i -> "key " + i, i -> "value " + i));

        assertThat(CodecFixture.decode(points, points.encode(value))).isEqualTo(value);
        assertThat(CodecFixture.decode(texts, texts.encode(map))).isEqualTo(map);
    }

    @Test
    void failedReads_leaveTheSessionUsableAHundredTimes() {
        KryoSession session = session(Evolution.STRICT);
        byte[] good = session.encode(new ArrayList<>(List.of(List.of("text"), new Bean())));
        byte[] cut = java.util.Arrays.copyOf(good, good.length - 1);
        for (int i = 1; i < 100; i++) {
            assertThatThrownBy(() -> session.decode(cut, 0, cut.length)).isInstanceOf(RuntimeException.class);
            assertThat(session.recover()).isTrue();
            assertThat((List<?>) session.decode(good, 0, good.length)).hasSize(2);
        }
        assertThat(session.recover()).isFalse();
    }
}
