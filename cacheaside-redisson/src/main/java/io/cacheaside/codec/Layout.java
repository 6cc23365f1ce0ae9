package io.cacheaside.codec;

import io.cacheaside.error.CodecException;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a tolerant payload says of a class: of which kind it is, a hash over its name and all its supertypes, and for each
 * member a hash over declaring class, name and type, and how it is written. So a member that was renamed, retyped or moved
 * is another member, and a class that became another one by its name or by what it can stand for is another class.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Layout(Kind kind, long identity, long[] members, Slot[] slots) {

    /** What the bytes of an object look like. */
    enum Kind {
        /** Known to every format; has no layout. */
        JDK(0),
        RECORD(1),
        CLASS(2),
        /** The constant's name. */
        ENUM(3),
        ARRAY(4);

        private static final List<Kind> ALL = List.of(values());

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The byte that stands for it. */
        int code() {
            return code;
        }

        static Kind of(int code) {
            for (Kind kind : ALL) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new CodecException("a class of unknown kind");
        }

        boolean hasMembers() {
            return this == RECORD || this == CLASS;
        }
    }

    private static final long[] NO_MEMBERS = {};
    private static final Slot[] NO_SLOTS = {};

    /** The layout of {@code type} as it is here. */
    static Layout of(Class<?> type) {
        Kind kind = kindOf(type);
        long identity = Fingerprints.of(kind + " " + type.getName() + " " + supertypes(type));
        if (!kind.hasMembers()) {
            return new Layout(kind, identity, NO_MEMBERS, NO_SLOTS);
        }
        return kind == Kind.RECORD ? ofRecord(type, identity) : ofClass(type, identity);
    }

    private static Kind kindOf(Class<?> type) {
        if (type.isEnum()) {
            return Kind.ENUM;
        }
        if (type.isArray()) {
            return Kind.ARRAY;
        }
        return type.isRecord() ? Kind.RECORD : Kind.CLASS;
    }

    private static Layout ofRecord(Class<?> type, long identity) {
        RecordComponent[] components = type.getRecordComponents();
        long[] members = new long[components.length];
        Slot[] slots = new Slot[components.length];
        ResolvedType owner = ResolvedType.of(type);
        for (int i = 0; i < components.length; i++) {
            slots[i] = Slot.tolerant(components[i].getType());
            members[i] = member(owner, components[i].getName(), components[i].getGenericType(), slots[i]);
        }
        return new Layout(Kind.RECORD, identity, members, slots);
    }

    /** In the order of {@link Fields#of}. */
    private static Layout ofClass(Class<?> type, long identity) {
        int count = Fields.of(type).size();
        long[] members = new long[count];
        Slot[] slots = new Slot[count];
        int i = 0;
        ResolvedType owner = ResolvedType.of(type);
        while (owner.raw() != Object.class) {
            for (Field field : Fields.declaredBy(owner.raw())) {
                slots[i] = Slot.tolerant(field.getType());
                members[i] = member(owner, field.getName(), field.getGenericType(), slots[i]);
                i++;
            }
            owner = ResolvedType.of(owner.raw().getGenericSuperclass(), owner.bindings());
        }
        return new Layout(Kind.CLASS, identity, members, slots);
    }

    private static long member(ResolvedType owner, String name, Type type, Slot slot) {
        ResolvedType resolved = ResolvedType.of(type, owner.bindings());
        String form = slot instanceof Slot.Open ? "open" : "value";
        return Fingerprints.of(owner.raw().getName() + "." + name + ":" + resolved + " " + form);
    }

    /** All of them: what a list of one of them holds must still be one. */
    private static Set<String> supertypes(Class<?> type) {
        Set<String> names = new TreeSet<>();
        collect(ResolvedType.of(type), names);
        return names;
    }

    private static void collect(ResolvedType type, Set<String> names) {
        Class<?> raw = type.raw();
        if (!names.add(type.toString()) || raw.isArray() || AllowList.isJdk(raw.getName())) {
            return;
        }
        for (Type parent : raw.getGenericInterfaces()) {
            collect(ResolvedType.of(parent, type.bindings()), names);
        }
        if (raw.getGenericSuperclass() != null) {
            collect(ResolvedType.of(raw.getGenericSuperclass(), type.bindings()), names);
        }
    }

    boolean hasSameMembers(Layout other) {
        return Arrays.equals(members, other.members);
    }
}
