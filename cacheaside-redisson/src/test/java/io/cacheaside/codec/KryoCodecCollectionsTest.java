package io.cacheaside.codec;

import static io.cacheaside.codec.CodecFixture.formatOf;
import static io.cacheaside.codec.CodecFixture.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.codec.CodecFixture.TypeOf;
import io.cacheaside.error.CodecException;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections and maps of java.util, the hidden ones included. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "UnusedVariable", "UnusedMethod", "UnnecessaryStringBuilder"})
class KryoCodecCollectionsTest {

    private static final List<String> ABC = List.of("a", "b", "c");

    static List<Collection<String>> ownClass() {
        return List.of(
                new ArrayList<>(ABC),
                new LinkedList<>(ABC),
                new Vector<>(ABC),
                stack(),
                new HashSet<>(ABC),
                new LinkedHashSet<>(ABC),
                new TreeSet<>(ABC),
                new TreeSet<>(Comparator.<String>reverseOrder()),
                new ConcurrentSkipListSet<>(ABC),
                new CopyOnWriteArrayList<>(ABC),
                List.of(),
                List.of("a"),
                ABC,
                Set.of(),
                Set.of("a"),
                Set.of("a", "b", "c"),
                Arrays.asList("a", null),
                Collections.unmodifiableList(new ArrayList<>(ABC)),
                Collections.unmodifiableSet(new HashSet<>(ABC)));
    }

    @ParameterizedTest
    @MethodSource("ownClass")
    void collection_comesBackEqualAndOfItsClass(Collection<String> value) {
        Object read = roundTrip(new TypeOf<Collection<String>>() {}, value);

        assertThat(read).isEqualTo(value).hasSameClassAs(value);
    }

    static List<Collection<String>> otherClass() {
        return List.of(
                new ArrayList<>(ABC).subList(1, 3),
                new LinkedList<>(ABC).subList(0, 2),
                ABC.subList(1, 2),
                Stream.of("a", null).toList(),
                Collections.emptyList(),
                Collections.singletonList(null),
                Collections.nCopies(3, "x"),
                Collections.emptySet(),
                Collections.singleton("a"),
                Collections.synchronizedList(new ArrayList<>(ABC)),
                Collections.checkedSet(new HashSet<>(ABC), String.class),
                Collections.unmodifiableSortedSet(new TreeSet<>(ABC)),
                new TreeSet<>(ABC).headSet("b"),
                new TreeSet<>(ABC).descendingSet(),
                new LinkedHashMap<>(Map.of("k", "v")).keySet(),
                ConcurrentHashMap.<String>newKeySet());
    }

    @ParameterizedTest
    @MethodSource("otherClass")
    void viewOrWrapper_comesBackEqual(Collection<String> value) {
        assertThat(roundTrip(new TypeOf<Collection<String>>() {}, value)).isEqualTo(value);
    }

    static List<Map<String, Integer>> maps() {
        Map<String, Integer> content = new LinkedHashMap<>();
        content.put("b", 1);
        content.put("a", 2);
        SortedMap<String, Integer> sorted = new TreeMap<>(content);
        return List.of(
                content,
                new HashMap<>(content),
                new TreeMap<>(sorted),
                new ConcurrentHashMap<>(content),
                new ConcurrentSkipListMap<>(sorted),
                Map.of(),
                Map.of("a", 1),
                Map.of("a", 1, "b", 2),
                Collections.unmodifiableMap(content));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void map_comesBackEqualInItsOrderAndOfItsClass(Map<String, Integer> value) {
        Map<?, ?> read = (Map<?, ?>) roundTrip(new TypeOf<Map<String, Integer>>() {}, value);

        assertThat(read).isEqualTo(value).hasSameClassAs(value);
    }

    static List<Map<String, Integer>> mapViews() {
        SortedMap<String, Integer> sorted = new TreeMap<>(Map.of("a", 1, "b", 2));
        return List.of(
                sorted.headMap("b"),
                Collections.emptyMap(),
                Collections.singletonMap("a", null),
                Collections.synchronizedMap(new HashMap<>(sorted)),
                Collections.unmodifiableSortedMap(sorted),
                new TreeMap<>(sorted).descendingMap());
    }

    @ParameterizedTest
    @MethodSource("mapViews")
    void mapView_comesBackEqual(Map<String, Integer> value) {
        Map<?, ?> read = (Map<?, ?>) roundTrip(new TypeOf<Map<String, Integer>>() {}, value);

        assertThat(new ArrayList<>(read.entrySet())).isEqualTo(new ArrayList<>(value.entrySet()));
    }

    @Test
    void orderOfALinkedMap_isKept() {
        Map<String, Integer> value = new LinkedHashMap<>();
        for (int i = 100; i > 0; i--) {
            value.put("k" + i, i);
        }

        Map<?, ?> read = (Map<?, ?>) roundTrip(new TypeOf<Map<String, Integer>>() {}, value);

        assertThat(read.keySet().stream().toList())
                .isEqualTo(value.keySet().stream().toList());
    }

    @Test
    void queues_keepTheirElements() {
        Queue<Integer> heap = new PriorityQueue<>(Comparator.reverseOrder());
        heap.addAll(List.of(1, 3, 2));

        assertThat(((PriorityQueue<?>) roundTrip(new TypeOf<Queue<Integer>>() {}, heap)).poll())
                .isEqualTo(3);
        assertThat(elements(new ArrayDeque<>(List.of(1, 2)))).containsExactly(1, 2);
        assertThat(elements(new ConcurrentLinkedQueue<>(List.of(1, 2)))).containsExactly(1, 2);
    }

    @Test
    void immutableCollections_areStillImmutable() {
        for (Collection<String> value : List.<Collection<String>>of(
                ABC,
                ABC.subList(0, 2),
                Set.of("a"),
                Collections.unmodifiableCollection(ABC),
                Collections.emptyList())) {
            Collection<?> read = (Collection<?>) roundTrip(new TypeOf<Collection<String>>() {}, value);
            assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void mutableCollections_areFreshAndMutable() {
        List<String> value = new ArrayList<>(ABC);

        @SuppressWarnings("unchecked")
        List<String> read = (List<String>) roundTrip(new TypeOf<List<String>>() {}, value);
        read.add("d");

        assertThat(value).hasSize(3);
    }

    @Test
    void unmodifiableCollection_keepsItsElements() {
        Object read = roundTrip(new TypeOf<Collection<String>>() {}, Collections.unmodifiableCollection(ABC));

        assertThat((Collection<?>) read).isEqualTo(read).hasToString("[a, b, c]");
    }

    @Test
    void enumCollections_comeBackEqual() {
        EnumMap<TimeUnit, String> map = new EnumMap<>(Map.of(TimeUnit.DAYS, "d"));

        assertThat(roundTrip(new TypeOf<EnumMap<TimeUnit, String>>() {}, map)).isEqualTo(map);
        assertThat(roundTrip(new TypeOf<Map<TimeUnit, String>>() {}, map)).isInstanceOf(EnumMap.class);
        assertThat(roundTrip(new TypeOf<EnumSet<TimeUnit>>() {}, EnumSet.of(TimeUnit.DAYS)))
                .isEqualTo(EnumSet.of(TimeUnit.DAYS));
        assertThat(roundTrip(new TypeOf<Set<TimeUnit>>() {}, EnumSet.allOf(TimeUnit.class)))
                .isEqualTo(EnumSet.allOf(TimeUnit.class));
    }

    @Test
    @SuppressWarnings("unchecked")
    void emptyEnumCollections_stillKnowTheirEnum() {
        EnumMap<TimeUnit, String> map = (EnumMap<TimeUnit, String>)
                roundTrip(new TypeOf<EnumMap<TimeUnit, String>>() {}, new EnumMap<>(TimeUnit.class));
        EnumSet<TimeUnit> set =
                (EnumSet<TimeUnit>) roundTrip(new TypeOf<EnumSet<TimeUnit>>() {}, EnumSet.noneOf(TimeUnit.class));
        map.put(TimeUnit.DAYS, "x");
        set.add(TimeUnit.DAYS);

        assertThat(map).hasSize(1);
        assertThat(set).hasSize(1);
    }

    @Test
    void entries_comeBackEqual() {
        assertThat(roundTrip(new TypeOf<Map.Entry<String, Integer>>() {}, Map.entry("a", 1)))
                .isEqualTo(Map.entry("a", 1));
        assertThat(roundTrip(new TypeOf<Map.Entry<String, Integer>>() {}, new SimpleEntry<>("a", 1)))
                .isInstanceOf(SimpleEntry.class);
    }

    @Test
    void comparatorOfTheApplication_isRefused() {
        SortedSet<String> value = new TreeSet<>(Comparator.comparing(String::length));

        assertThatThrownBy(() -> formatOf(new TypeOf<SortedSet<String>>() {}).encode(value))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("comparator");
    }

    @Test
    void collectionsByIdentity_areRefused() {
        assertThatThrownBy(() -> roundTrip(new TypeOf<Map<String, String>>() {}, new IdentityHashMap<>()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("IdentityHashMap");
    }

    @Test
    void immutableListThatContainsItself_isRefused() {
        List<Object> inner = new ArrayList<>();
        List<Object> outer = List.of(inner);
        inner.add(outer);

        assertThatThrownBy(() -> formatOf(new TypeOf<List<List<String>>>() {}).encode(outer))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("contains itself");
    }

    @Test
    void unmodifiableListThatContainsItself_staysACycle() {
        List<Object> inner = new ArrayList<>();
        inner.add(Collections.unmodifiableList(inner));

        List<?> read = (List<?>) roundTrip(new TypeOf<List<List<String>>>() {}, inner.get(0));

        assertThat(read.get(0)).isSameAs(read);
    }

    private static Stack<String> stack() {
        Stack<String> stack = new Stack<>();
        stack.addAll(ABC);
        return stack;
    }

    private static List<Object> elements(Queue<Integer> value) {
        Collection<?> read = (Collection<?>) roundTrip(new TypeOf<Queue<Integer>>() {}, value);
        assertThat(read).hasSameClassAs(value);
        return new ArrayList<>(read);
    }

    record Concrete(ArrayList<String> list, TreeMap<Integer, HashSet<String>> map, ArrayDeque<Integer> deque) {}

    @Test
    void classesOfTheJdkAsDeclaredTypes_areKept() {
        Concrete value = new Concrete(
                new ArrayList<>(List.of("a")),
                new TreeMap<>(Map.of(1, new HashSet<>(Set.of("b")))),
                new ArrayDeque<>(List.of(1, 2)));

        Concrete read = (Concrete) roundTrip(value);

        assertThat(read.list()).isEqualTo(value.list());
        assertThat(read.map()).isEqualTo(value.map());
        assertThat(read.deque()).containsExactly(1, 2);
        assertThat(roundTrip(new TypeOf<LinkedHashMap<String, Integer>>() {}, new LinkedHashMap<>(Map.of("a", 1))))
                .isEqualTo(Map.of("a", 1));
    }
}
