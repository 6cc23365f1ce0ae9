package io.cacheaside.codec;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A kind of map that can be written, and what it comes back as; the components as in {@link CollectionKind}. */
@SuppressWarnings("JdkObsolete") // written because applications have them
record MapKind(
        String wireName,
        Class<?> type,
        boolean sorted,
        Factory backing,
        @Nullable UnaryOperator<Map<Object, Object>> finish,
        int each,
        boolean live) {

    private static final int EMPTY = 256;

    private static final MapKind LINKED_HASH_MAP =
            plain(LinkedHashMap.class, 60, n -> new LinkedHashMap<>(capacity(n)));
    private static final MapKind TREE_MAP = sorted(TreeMap.class, 48, (n, order) -> new TreeMap<>(order));
    private static final MapKind IMMUTABLE_MAP = new MapKind(
            "immutable Map", Map.class, false, (n, order) -> new HashMap<>(capacity(n)), Map::copyOf, 76, false);
    private static final MapKind UNMODIFIABLE_MAP = new MapKind(
            "unmodifiable Map",
            Map.class,
            false,
            (n, order) -> new LinkedHashMap<>(capacity(n)),
            Collections::unmodifiableMap,
            60,
            true);
    private static final MapKind UNMODIFIABLE_SORTED_MAP = new MapKind(
            "unmodifiable SortedMap",
            NavigableMap.class,
            true,
            (n, order) -> new TreeMap<>(order),
            map -> Collections.unmodifiableNavigableMap((NavigableMap<Object, Object>) map),
            48,
            true);

    private static final List<MapKind> ALL = List.of(
            LINKED_HASH_MAP,
            TREE_MAP,
            IMMUTABLE_MAP,
            UNMODIFIABLE_MAP,
            UNMODIFIABLE_SORTED_MAP,
            plain(HashMap.class, 52, n -> new HashMap<>(capacity(n))),
            plain(Hashtable.class, 48, n -> new Hashtable<>(capacity(n))),
            plain(ConcurrentHashMap.class, 52, ConcurrentHashMap::new),
            sorted(ConcurrentSkipListMap.class, 76, (n, order) -> new ConcurrentSkipListMap<>(order)));

    static List<MapKind> all() {
        return ALL;
    }

    /** The kind of a map class of java.util, or null where none would be equal. */
    static @Nullable MapKind of(Class<?> type) {
        String name = type.getName();
        for (MapKind kind : ALL) {
            if (kind.wireName.equals(name)) {
                return kind;
            }
        }
        if (name.startsWith("java.util.ImmutableCollections$")) {
            return IMMUTABLE_MAP;
        }
        boolean inOrder = SortedMap.class.isAssignableFrom(type);
        if (isUnmodifiable(name)) {
            return inOrder ? UNMODIFIABLE_SORTED_MAP : UNMODIFIABLE_MAP;
        }
        // properties hide their defaults, an identity map equals no other
        if (name.startsWith("java.util.IdentityHashMap") || name.equals("java.util.Properties")) {
            return null;
        }
        return inOrder ? TREE_MAP : LINKED_HASH_MAP;
    }

    /** Bytes that reading one of {@code size} entries allocates, without keys and values. */
    long cost(int size) {
        return EMPTY + (long) each * size;
    }

    /** True for the maps of {@code Map.of}, which take hashes as they are. */
    boolean immutable() {
        return equals(IMMUTABLE_MAP);
    }

    /** The wrappers and constants of {@link Collections} that refuse changes. */
    static boolean isUnmodifiable(String className) {
        return className.startsWith("java.util.Collections$Unmodifiable")
                || className.startsWith("java.util.Collections$Empty")
                || className.startsWith("java.util.Collections$Singleton")
                || className.startsWith("java.util.Collections$CopiesList");
    }

    private static MapKind plain(Class<?> type, int each, IntFunction<Map<Object, Object>> factory) {
        return new MapKind(type.getName(), type, false, (n, order) -> factory.apply(n), null, each, true);
    }

    private static MapKind sorted(Class<?> type, int each, Factory factory) {
        return new MapKind(type.getName(), type, true, factory, null, each, true);
    }

    private static int capacity(int size) {
        return size + size / 3 + 1;
    }

    @FunctionalInterface
    interface Factory {
        Map<Object, Object> create(int size, @Nullable Comparator<Object> order);
    }
}
