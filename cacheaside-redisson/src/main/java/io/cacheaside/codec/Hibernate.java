package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate puts into entities, known by the names of its interfaces: its collections are written as ordinary ones
 * where they are loaded; proxies, and collections that are not loaded, are refused. Nothing here makes Hibernate load.
 */
final class Hibernate {

    private static final String COLLECTION = "org.hibernate.collection.spi.PersistentCollection";
    private static final String PROXY = "org.hibernate.proxy.HibernateProxy";
    private static final String LAZY_FIELDS = "org.hibernate.engine.spi.PersistentAttributeInterceptable";

    private Hibernate() {}

    static boolean isProxy(Class<?> type) {
        return interfaceOf(type, PROXY) != null;
    }

    /** True for classes that were enhanced so that fields load later; until then these hold nulls. */
    static boolean hasLazyFields(Class<?> type) {
        return interfaceOf(type, LAZY_FIELDS) != null;
    }

    /** The JDK's class that one of Hibernate's collections is written as; null for other classes. */
    static @Nullable Class<?> ordinary(Class<?> type) {
        if (interfaceOf(type, COLLECTION) == null) {
            return null;
        }
        if (Map.class.isAssignableFrom(type)) {
            return SortedMap.class.isAssignableFrom(type) ? TreeMap.class : LinkedHashMap.class;
        }
        if (Set.class.isAssignableFrom(type)) {
            return SortedSet.class.isAssignableFrom(type) ? TreeSet.class : LinkedHashSet.class;
        }
        return Collection.class.isAssignableFrom(type) ? ArrayList.class : null;
    }

    /** Writes loaded collections of the class {@code type} by {@code ordinary}. */
    static Serializer<Object> serializer(Class<?> type, Serializer<Object> ordinary) {
        try {
            Class<?> found = interfaceOf(type, COLLECTION);
            if (found == null) {
                throw new IllegalArgumentException(type.getName());
            }
            return new Loaded(found.getMethod("wasInitialized"), ordinary);
        } catch (NoSuchMethodException e) {
            throw new CodecException(type.getName() + " does not tell whether it is loaded", e);
        }
    }

    private static @Nullable Class<?> interfaceOf(Class<?> type, String name) {
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            for (Class<?> implemented : owner.getInterfaces()) {
                Class<?> found = implemented.getName().equals(name) ? implemented : interfaceOf(implemented, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static final class Loaded extends Serializer<Object> {

        private final Method wasInitialized;
        private final Serializer<Object> ordinary;

        Loaded(Method wasInitialized, Serializer<Object> ordinary) {
            this.wasInitialized = wasInitialized;
            this.ordinary = ordinary;
        }

        @Override
        public void write(Kryo kryo, Output output, Object value) {
            if (!isLoaded(value)) {
                throw new CodecException(
                        "a " + value.getClass().getName() + " is not loaded, and storing it must not load"
                                + " it: fetch it in the method, or return a record of what is needed");
            }
            ordinary.write(kryo, output, value);
        }

        private boolean isLoaded(Object value) {
            try {
                return (boolean) wasInitialized.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new CodecException(value.getClass().getName() + " does not tell whether it is loaded", e);
            }
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            throw new CodecException("what is read is an ordinary collection");
        }
    }
}
