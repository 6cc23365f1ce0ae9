package io.cacheaside.codec;

import com.esotericsoftware.kryo.Serializer;
import java.time.ZoneId;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's classes that every format knows, and what stands in for those that cannot be built from outside: views,
 * wrappers and the immutable collections become an equal collection of an ordinary or of their own public kind.
 */
final class JdkTypes {

    private static final Map<Class<?>, ValueSerializer<?>> VALUES = JdkValues.all();

    private static final Set<Class<?>> INTERFACES = Set.of(
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Queue.class,
            Deque.class,
            Map.class,
            Map.Entry.class,
            SortedMap.class,
            NavigableMap.class,
            ConcurrentMap.class,
            ConcurrentNavigableMap.class,
            EnumSet.class);

    /** Not on 17, and without a class of their own. */
    private static final Set<String> LATER_INTERFACES =
            Set.of("java.util.SequencedCollection", "java.util.SequencedSet", "java.util.SequencedMap");

    /** Classes that are written as themselves; the names of other kinds are none of classes that can be declared. */
    private static final Set<String> KINDS = Stream.concat(
                    CollectionKind.all().stream().map(CollectionKind::wireName),
                    MapKind.all().stream().map(MapKind::wireName))
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<Class<?>, Serializer<?>> CONTAINERS = containers();

    private JdkTypes() {}

    /** A class with values that hold no other object, or a supertype of such classes only. */
    static boolean isValue(Class<?> type) {
        return VALUES.containsKey(type) || type == CharSequence.class || type == Number.class;
    }

    /** How values declared as {@code type} are written where no other class can occur, or null. */
    static @Nullable ValueSerializer<?> valueSerializer(Class<?> type) {
        return VALUES.get(type);
    }

    static boolean isContainer(Class<?> type) {
        return CONTAINERS.containsKey(type)
                || INTERFACES.contains(type)
                || LATER_INTERFACES.contains(type.getName())
                || KINDS.contains(type.getName());
    }

    /** By the name of what is written: a class name or the name of a kind of collection. */
    static Map<String, Known> byName() {
        Map<String, Known> all = new LinkedHashMap<>();
        VALUES.forEach((type, serializer) -> all.put(type.getName(), new Known(type, serializer)));
        CONTAINERS.forEach((type, serializer) -> all.put(type.getName(), new Known(type, serializer)));
        for (CollectionKind kind : CollectionKind.all()) {
            all.put(kind.wireName(), new Known(kind.type(), new CollectionSerializer(kind)));
        }
        for (MapKind kind : MapKind.all()) {
            all.put(kind.wireName(), new Known(kind.type(), new MapSerializer(kind)));
        }
        return all;
    }

    /** What is read under a name, and how. */
    record Known(Class<?> type, Serializer<?> serializer) {}

    /** Under which of {@link #byName} objects of {@code type} are written, or null where they cannot be. */
    static @Nullable String nameFor(Class<?> type) {
        if (VALUES.containsKey(type)) {
            return type.getName();
        }
        if (type.getName().equals("java.time.ZoneRegion")) {
            return ZoneId.class.getName();
        }
        if (EnumSet.class.isAssignableFrom(type)) {
            return EnumSet.class.getName();
        }
        if (type == EnumMap.class || type == Optional.class || type == AbstractMap.SimpleEntry.class) {
            return type.getName();
        }
        return type.getName().startsWith("java.util.") ? nameOfKind(type) : null;
    }

    private static @Nullable String nameOfKind(Class<?> type) {
        if (Map.Entry.class.isAssignableFrom(type)) {
            return AbstractMap.SimpleImmutableEntry.class.getName();
        }
        if (Map.class.isAssignableFrom(type)) {
            MapKind kind = MapKind.of(type);
            return kind == null ? null : kind.wireName();
        }
        CollectionKind kind = Collection.class.isAssignableFrom(type) ? CollectionKind.of(type) : null;
        return kind == null ? null : kind.wireName();
    }

    private static Map<Class<?>, Serializer<?>> containers() {
        Map<Class<?>, Serializer<?>> all = new LinkedHashMap<>();
        all.put(EnumSet.class, new EnumSetSerializer());
        all.put(EnumMap.class, new EnumMapSerializer());
        all.put(Optional.class, new OptionalSerializer());
        all.put(AbstractMap.SimpleEntry.class, EntrySerializer.MUTABLE);
        all.put(AbstractMap.SimpleImmutableEntry.class, EntrySerializer.IMMUTABLE);
        return all;
    }
}
