package io.cacheaside.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A kind of collection that can be written, and what it comes back as.
 *
 * @param wireName what its id is made of
 * @param type of the result
 * @param sorted whether a comparator belongs to it
 * @param backing makes the collection that is filled
 * @param finish makes the result from the backing collection, where that is not the result itself
 * @param each bytes that are allocated for each element, the array from which it is filled included
 * @param live the result can be made before the backing collection is filled, so cycles may lead through it
 */
@SuppressWarnings("JdkObsolete") // written because applications have them
record CollectionKind(
        String wireName,
        Class<?> type,
        boolean sorted,
        Factory backing,
        @Nullable UnaryOperator<Collection<Object>> finish,
        int each,
        boolean live) {

    private static final int EMPTY_LIST = 136;
    private static final int EMPTY_TABLE = 280;

    private static final CollectionKind ARRAY_LIST = plain(ArrayList.class, 8, ArrayList::new);
    private static final CollectionKind LINKED_SET =
            plain(LinkedHashSet.class, 56, n -> new LinkedHashSet<>(capacity(n)));
    private static final CollectionKind TREE_SET = sorted(TreeSet.class, 44, (n, order) -> new TreeSet<>(order));
    private static final CollectionKind KEY_SET = new CollectionKind(
            "concurrent Set", Set.class, false, (n, order) -> ConcurrentHashMap.newKeySet(n), null, 48, true);
    private static final CollectionKind IMMUTABLE_LIST =
            made("immutable List", List.class, 16, CollectionKind::immutableList);
    private static final CollectionKind IMMUTABLE_SET = made("immutable Set", Set.class, 68, Set::copyOf);
    private static final CollectionKind UNMODIFIABLE_LIST = new CollectionKind(
            "unmodifiable List",
            List.class,
            false,
            (n, order) -> new ArrayList<>(n),
            items -> Collections.unmodifiableList((List<Object>) items),
            8,
            true);
    private static final CollectionKind UNMODIFIABLE_SORTED_SET = new CollectionKind(
            "unmodifiable SortedSet",
            NavigableSet.class,
            true,
            (n, order) -> new TreeSet<>(order),
            items -> Collections.unmodifiableNavigableSet((NavigableSet<Object>) items),
            44,
            true);
    private static final CollectionKind UNMODIFIABLE_SET = new CollectionKind(
            "unmodifiable Set",
            Set.class,
            false,
            (n, order) -> new LinkedHashSet<>(capacity(n)),
            items -> Collections.unmodifiableSet((Set<Object>) items),
            56,
            true);
    private static final CollectionKind UNMODIFIABLE_COLLECTION = new CollectionKind(
            "unmodifiable Collection",
            Collection.class,
            false,
            (n, order) -> new ArrayList<>(n),
            Collections::unmodifiableCollection,
            8,
            true);

    private static final CollectionKind AS_LIST =
            made("java.util.Arrays.asList", List.class, 12, items -> Arrays.asList(items.toArray()));

    private static final List<CollectionKind> ALL = List.of(
            ARRAY_LIST,
            LINKED_SET,
            TREE_SET,
            KEY_SET,
            IMMUTABLE_LIST,
            IMMUTABLE_SET,
            UNMODIFIABLE_LIST,
            UNMODIFIABLE_SORTED_SET,
            UNMODIFIABLE_SET,
            UNMODIFIABLE_COLLECTION,
            plain(HashSet.class, 48, n -> new HashSet<>(capacity(n))),
            plain(LinkedList.class, 28, n -> new LinkedList<>()),
            plain(Vector.class, 8, Vector::new),
            plain(Stack.class, 24, n -> new Stack<>()),
            plain(ArrayDeque.class, 8, ArrayDeque::new),
            plain(ConcurrentLinkedQueue.class, 28, n -> new ConcurrentLinkedQueue<>()),
            plain(ConcurrentLinkedDeque.class, 28, n -> new ConcurrentLinkedDeque<>()),
            sorted(PriorityQueue.class, 8, (n, order) -> new PriorityQueue<>(Math.max(1, n), order)),
            sorted(ConcurrentSkipListSet.class, 72, (n, order) -> new ConcurrentSkipListSet<>(order)),
            made(CopyOnWriteArrayList.class.getName(), CopyOnWriteArrayList.class, 12, CopyOnWriteArrayList::new),
            made(CopyOnWriteArraySet.class.getName(), CopyOnWriteArraySet.class, 20, CopyOnWriteArraySet::new),
            AS_LIST);

    static List<CollectionKind> all() {
        return ALL;
    }

    /** The kind of a collection class of java.util, or null where none would be equal. */
    static @Nullable CollectionKind of(Class<?> type) {
        String name = type.getName();
        for (CollectionKind kind : ALL) {
            if (kind.wireName.equals(name)) {
                return kind;
            }
        }
        if (name.startsWith("java.util.ImmutableCollections$")) {
            return List.class.isAssignableFrom(type) ? IMMUTABLE_LIST : IMMUTABLE_SET;
        }
        if (name.equals("java.util.Arrays$ArrayList")) {
            return AS_LIST;
        }
        if (name.equals("java.util.concurrent.ConcurrentHashMap$KeySetView")) {
            return KEY_SET;
        }
        if (MapKind.isUnmodifiable(name)) {
            return unmodifiable(type);
        }
        return isByIdentity(name) ? null : ordinary(type);
    }

    /** Bytes that reading one of {@code size} elements allocates, without the elements. */
    long cost(int size) {
        return (compares() ? EMPTY_TABLE : EMPTY_LIST) + (long) each * size;
    }

    /** True where elements are hashed or compared to be put in. */
    boolean compares() {
        return sorted || Set.class.isAssignableFrom(type);
    }

    boolean hashes() {
        return !sorted && Set.class.isAssignableFrom(type);
    }

    /** True for the collections of {@code Set.of}, which take hashes as they are. */
    boolean immutable() {
        return equals(IMMUTABLE_SET);
    }

    private static CollectionKind unmodifiable(Class<?> type) {
        if (List.class.isAssignableFrom(type)) {
            return UNMODIFIABLE_LIST;
        }
        if (SortedSet.class.isAssignableFrom(type)) {
            return UNMODIFIABLE_SORTED_SET;
        }
        return Set.class.isAssignableFrom(type) ? UNMODIFIABLE_SET : UNMODIFIABLE_COLLECTION;
    }

    private static @Nullable CollectionKind ordinary(Class<?> type) {
        if (List.class.isAssignableFrom(type)) {
            return ARRAY_LIST;
        }
        if (SortedSet.class.isAssignableFrom(type)) {
            return TREE_SET;
        }
        if (Set.class.isAssignableFrom(type)) {
            return LINKED_SET;
        }
        return Queue.class.isAssignableFrom(type) ? null : ARRAY_LIST;
    }

    /** Sets that compare, or may compare, their elements by identity. */
    private static boolean isByIdentity(String name) {
        return name.startsWith("java.util.IdentityHashMap")
                || name.startsWith("java.util.Collections$SetFromMap")
                || name.startsWith("java.util.Collections$SequencedSetFromMap");
    }

    private static CollectionKind plain(Class<?> type, int each, IntFunction<Collection<Object>> factory) {
        return new CollectionKind(type.getName(), type, false, (n, order) -> factory.apply(n), null, each, true);
    }

    private static CollectionKind sorted(Class<?> type, int each, Factory factory) {
        return new CollectionKind(type.getName(), type, true, factory, null, each, true);
    }

    private static CollectionKind made(String name, Class<?> type, int each, UnaryOperator<Collection<Object>> finish) {
        return new CollectionKind(name, type, false, (n, order) -> new ArrayList<>(n), finish, each, false);
    }

    /** {@code Stream.toList()} makes lists of the same class as {@code List.of()}, with nulls. */
    private static Collection<Object> immutableList(Collection<Object> items) {
        return items.contains(null) ? Collections.unmodifiableList((List<Object>) items) : List.copyOf(items);
    }

    private static int capacity(int size) {
        return size + size / 3 + 1;
    }

    @FunctionalInterface
    interface Factory {
        Collection<Object> create(int size, @Nullable Comparator<Object> order);
    }
}
