package io.cacheaside.codec;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored fields of a class: neither static nor transient, in the order of their names. */
final class Fields {

    private static final int UNSTORED = Modifier.STATIC | Modifier.TRANSIENT;

    private Fields() {}

    static List<Field> declaredBy(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & UNSTORED) == 0 && !field.isSynthetic()) {
                fields.add(field);
            }
        }
        // the JVM promises no order
        fields.sort(Comparator.comparing(Field::getName));
        return fields;
    }

    /** The fields of {@code type}, then those of its superclasses. */
    static List<Field> of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> owner = type; owner != null && owner != Object.class; owner = owner.getSuperclass()) {
            fields.addAll(declaredBy(owner));
        }
        return fields;
    }

    /** Bytes of an instance of {@code type}, at most: with a header of 12 and references of 4. */
    static int size(Class<?> type) {
        int size = 12;
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                size += Modifier.isStatic(field.getModifiers()) ? 0 : size(field);
            }
        }
        return size + 7 & -8;
    }

    private static int size(Field field) {
        return field.getType() == long.class || field.getType() == double.class ? 8 : 4;
    }

    /** Why no instance of the concrete class {@code type} can be built from its fields, or null. */
    static @Nullable String refusal(Class<?> type) {
        if (type.isAnonymousClass() || type.isHidden()) {
            return "is anonymous or a lambda: give it a name";
        }
        if (isInner(type)) {
            return "is an inner class and would drag its outer instance along: make it static";
        }
        if (Hibernate.hasLazyFields(type)) {
            return "is enhanced for lazy fields, which would be stored as null: return a record of what is needed";
        }
        if (isSingleton(type) && !of(type).isEmpty()) {
            return "is a Kotlin object with fields, which reading would change for everybody: move them out of it";
        }
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            if (AllowList.isJdk(owner.getName()) && owner != Object.class && owner != Record.class) {
                return "extends " + owner.getName() + ", whose inside cannot be read";
            }
        }
        return null;
    }

    /** True for the class of a Kotlin {@code object}, of which there is one instance. */
    static boolean isSingleton(Class<?> type) {
        try {
            Field instance = type.getDeclaredField("INSTANCE");
            return instance.getType() == type
                    && Modifier.isStatic(instance.getModifiers())
                    && Modifier.isFinal(instance.getModifiers())
                    && isKotlin(type);
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    private static boolean isKotlin(Class<?> type) {
        for (Annotation annotation : type.getAnnotations()) {
            if (annotation.annotationType().getName().equals("kotlin.Metadata")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInner(Class<?> type) {
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return true;
        }
        for (Field field : type.getDeclaredFields()) {
            // an outer instance or a captured variable
            if (field.isSynthetic()
                    && (field.getName().startsWith("this$") || field.getName().startsWith("val$"))) {
                return true;
            }
        }
        return false;
    }
}
