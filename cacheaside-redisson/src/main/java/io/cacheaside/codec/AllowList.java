package io.cacheaside.codec;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the application allows beyond the classes that declared types lead to.
 *
 * @param loader finds the classes of allowed packages; null: the JVM's first one
 */
record AllowList(
        List<Class<?>> classes,
        List<String> packages,
        @Nullable ClassLoader loader) {

    AllowList(Collection<Class<?>> classes, Collection<String> packages, @Nullable ClassLoader loader) {
        this(List.copyOf(classes), List.copyOf(packages), loader);
    }

    boolean isEmpty() {
        return classes.isEmpty() && packages.isEmpty();
    }

    /** True for a class in an allowed package or below one. */
    boolean hasPackageOf(String className) {
        for (String name : packages) {
            if (className.length() > name.length()
                    && className.startsWith(name)
                    && className.charAt(name.length()) == '.') {
                return true;
            }
        }
        return false;
    }

    static boolean isJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("javax.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.")
                || className.startsWith("com.sun.");
    }
}
