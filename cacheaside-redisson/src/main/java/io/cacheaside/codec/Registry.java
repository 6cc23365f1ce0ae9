package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.util.IntMap;
import io.cacheaside.error.CodecException;
import io.cacheaside.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes that one format may write and read, with their ids and serializers. Shared by the sessions of the format;
 * serializers keep no state. Ids never change after construction; classes are added where an object of a JDK class that
 * is written as another one, or of a class in an allowed package, is met.
 */
final class Registry {

    private final Schema schema;
    private final AllowList allowList;
    private final ClassIds ids;
    private final Evolution evolution;
    private final IntMap<Registration> byId = new IntMap<>();
    private final ConcurrentMap<String, Registration> byName = new ConcurrentHashMap<>();
    private final ConcurrentMap<Class<?>, Registration> byClass = new ConcurrentHashMap<>();

    private final ConcurrentMap<Class<?>, Layout> layouts = new ConcurrentHashMap<>();

    Registry(Schema schema, AllowList allowList, ClassIds ids, Evolution evolution) {
        this.schema = schema;
        this.allowList = allowList;
        this.ids = ids;
        this.evolution = evolution;
        JdkTypes.byName().forEach((name, known) -> addKnown(name, known.type(), known.serializer()));
        for (Class<?> type : schema.classes()) {
            byClass.put(type, addKnown(type.getName(), type, serializerFor(type)));
        }
    }

    static Registry of(Kryo kryo) {
        return ((RegistryResolver) kryo.getClassResolver()).registry();
    }

    private Registration addKnown(String name, Class<?> type, Serializer<?> serializer) {
        Registration registration = new Registration(type, serializer, ids.claim(name));
        byId.put(registration.getId(), registration);
        byName.put(name, registration);
        return registration;
    }

    /** What {@code id} stands for, or null. */
    @Nullable
    Registration withId(int id) {
        return byId.get(id);
    }

    /** How objects of {@code type} are written, or null where they are not allowed. */
    @Nullable
    Registration withClass(Class<?> type) {
        Registration registration = byClass.get(type);
        return registration != null ? registration : find(type);
    }

    private @Nullable Registration find(Class<?> type) {
        String jdkName = JdkTypes.nameFor(type);
        Registration found = jdkName == null ? null : byName.get(jdkName);
        if (found == null && Enum.class.isAssignableFrom(type) && !type.isEnum() && type != Enum.class) {
            found = withClass(type.getSuperclass()); // a constant with a body
        }
        if (found == null && Hibernate.isProxy(type)) {
            throw new CodecException(
                    "a " + type.getName() + " is a lazy proxy: fetch the entity in the method and return"
                            + " what Hibernate.unproxy gives, or return a record of what is needed");
        }
        if (found == null) {
            found = ofHibernate(type);
        }
        if (found == null && allowList.hasPackageOf(type.getName())) {
            found = byPackage(type);
        }
        if (found != null) {
            byClass.putIfAbsent(type, found);
        }
        return found;
    }

    @SuppressWarnings("unchecked") // the serializer of an ordinary collection
    private @Nullable Registration ofHibernate(Class<?> type) {
        Class<?> ordinary = Hibernate.ordinary(type);
        Registration known = ordinary == null ? null : byName.get(ordinary.getName());
        return known == null
                ? null
                : new Registration(
                        type, Hibernate.serializer(type, (Serializer<Object>) known.getSerializer()), known.getId());
    }

    /** True where {@link #withName} would accept the class: it may be part of such a class only where it is declared. */
    boolean isNameable(NamedRegistration registration) {
        return allowList.hasPackageOf(registration.getType().getName());
    }

    Evolution evolution() {
        return evolution;
    }

    /** What a tolerant payload says of a class of the application; null for one of the JDK, which every format knows. */
    @Nullable
    Layout layout(Registration registration) {
        return registration.getSerializer() instanceof MemberSerializer
                        || registration.getSerializer() instanceof EnumSerializer
                        || registration.getSerializer() instanceof ObjectArraySerializer
                ? layouts.computeIfAbsent(registration.getType(), Layout::of)
                : null;
    }

    /** The class of the values that {@code serializer} writes. */
    Registration ofValue(ValueSerializer<?> serializer) {
        return Objects.requireNonNull(byName.get(serializer.type().getName()));
    }

    /** A class that the bytes name: only from an allowed package, and only with the fields that it has here. */
    Registration withName(String name, long fingerprint) {
        NamedRegistration named = named(name);
        if (named.fingerprint() != fingerprint) {
            throw another(name);
        }
        return named;
    }

    /** A class that the bytes name: only from an allowed package. */
    NamedRegistration named(String name) {
        if (!allowList.hasPackageOf(name)) {
            throw new CodecException(name + " is in no allowed package");
        }
        try {
            Class<?> type = Class.forName(name, false, allowList.loader());
            if (withClass(type) instanceof NamedRegistration named) {
                return named;
            }
        } catch (ClassNotFoundException e) {
            throw new CodecException(name + " does not exist here", e);
        }
        throw another(name);
    }

    private static CodecException another(String name) {
        return new CodecException(name + " is another class here than where it was written");
    }

    private @Nullable NamedRegistration byPackage(Class<?> type) {
        try {
            Schema own = TypeWalk.schemaOf(type, allowList);
            if (!own.classes().contains(type)) {
                throw new CodecException(type.getName() + " is not a class that can be written");
            }
            for (Class<?> part : own.classes()) {
                byClass.computeIfAbsent(part, this::named);
            }
            return (NamedRegistration) byClass.get(type);
        } catch (ConfigurationException e) {
            throw new CodecException(type.getName() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private NamedRegistration named(Class<?> type) {
        Schema own = TypeWalk.schemaOf(type, allowList);
        return new NamedRegistration(type, serializerFor(type), own.fingerprint());
    }

    /** False for values without identity: two references to one of them may become two equal ones. */
    static boolean isShared(@Nullable Registration registration) {
        if (registration == null || registration.getSerializer() instanceof EnumSerializer) {
            return registration == null;
        }
        return !(registration.getSerializer() instanceof ValueSerializer<?> values) || values.isShared();
    }

    /** The enums among the known classes. */
    List<Class<?>> enums() {
        List<Class<?>> enums = new ArrayList<>();
        for (Class<?> type : byClass.keySet()) {
            if (type.isEnum()) {
                enums.add(type);
            }
        }
        return enums;
    }

    String rootName() {
        return schema.root().getName();
    }

    private Serializer<?> serializerFor(Class<?> type) {
        if (type.isEnum()) {
            return new EnumSerializer(type, evolution);
        }
        if (type.isArray()) {
            return new ObjectArraySerializer(type);
        }
        try {
            return type.isRecord() ? new RecordSerializer(type, evolution) : new BeanSerializer(type, evolution);
        } catch (NoSuchFieldException e) {
            throw new ConfigurationException(type.getName() + " is a record without the fields of a record");
        }
    }

    /** A class of an allowed package: written with its name and fingerprint instead of an id. */
    static final class NamedRegistration extends Registration {

        private final long fingerprint;

        NamedRegistration(Class<?> type, Serializer<?> serializer, long fingerprint) {
            super(type, serializer, -1);
            this.fingerprint = fingerprint;
        }

        long fingerprint() {
            return fingerprint;
        }
    }
}
