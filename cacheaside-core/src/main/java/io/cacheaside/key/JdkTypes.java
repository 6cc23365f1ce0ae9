package io.cacheaside.key;

import java.lang.reflect.Type;

/** Tells the JDK's own types, whose texts are known one by one, from all others. */
final class JdkTypes {

    private JdkTypes() {}

    /** True for a type of the JDK. */
    static boolean contains(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** A type's name without packages, as messages print it. */
    static String name(Type type) {
        return type instanceof Class<?> c ? shortName(c) : type.getTypeName();
    }

    /** {@link #name} behind its article: {@code a Thread}, {@code an Object}. */
    static String withArticle(Type type) {
        String name = name(type);
        return ("AEIOaeio".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    private static String shortName(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null || type.isArray() ? type.getSimpleName() : shortName(outer) + "." + type.getSimpleName();
    }
}
