package io.cacheaside.key;

import static io.cacheaside.key.KeyText.encode;

import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one class are written into a key: the same text in every JVM, and different texts for different
 * values of the class. The text depends on the value alone, not on the declared type of the parameter, so that a read
 * with {@code long id} and a write with {@code Object id} render the same key.
 */
@FunctionalInterface
interface TextForm {

    /** The encoded text of {@code value}; null where this very value has none. */
    @Nullable
    String text(Object value) throws Throwable;

    /** The form of {@code type}; empty where its values have no stable text. */
    static Optional<TextForm> of(Class<?> type) {
        TextForm known = KnownTexts.FORMS.get(type);
        if (known != null) {
            return Optional.of(known);
        }
        if (Enum.class.isAssignableFrom(type)) {
            return Optional.of(value -> encode(((Enum<?>) value).name()));
        }
        if (ZoneId.class.isAssignableFrom(type)) {
            return Optional.of(KnownTexts.TO_STRING);
        }
        if (type.isInterface() || JdkTypes.contains(type) || isContainer(type) || Proxy.isProxyClass(type)) {
            return Optional.empty();
        }
        return hasGeneratedToString(type) ? component(type) : toStringOf(type);
    }

    /** True where a value of the declared type {@code type} may or may not have a form, depending on its class. */
    static boolean isOpen(Class<?> type) {
        if (type.isPrimitive()
                || isContainer(type)
                || !Modifier.isAbstract(type.getModifiers()) && type != Object.class) {
            return false;
        }
        return !JdkTypes.contains(type) || KnownTexts.FORMS.keySet().stream().anyMatch(type::isAssignableFrom);
    }

    /** True for a record whose toString is the compiler's. */
    static boolean hasGeneratedToString(Class<?> type) {
        try {
            // a compiler declares it final, which nobody writes in a class that is final anyway
            return type.isRecord()
                    && Modifier.isFinal(type.getMethod("toString").getModifiers());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every class has a toString", e);
        }
    }

    private static boolean isContainer(Class<?> type) {
        return type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private static Optional<TextForm> toStringOf(Class<?> type) {
        try {
            boolean own = !JdkTypes.contains(type.getMethod("toString").getDeclaringClass());
            return own ? Optional.of(KnownTexts.TO_STRING) : Optional.empty();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every class has a toString", e);
        }
    }

    /** A record of one component is written as that component. */
    private static Optional<TextForm> component(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != 1
                || isEndless(type)
                || TextRefusal.of(components[0].getType()).isPresent()) {
            return Optional.empty();
        }
        try {
            Accessor accessor = new Property(components[0].getAccessor(), components[0].getType()).accessor();
            return Optional.of(value -> ValueText.of(accessor.get(value)));
        } catch (IllegalAccessException e) {
            return Optional.empty();
        }
    }

    /** True where records of one component contain each other for ever. */
    private static boolean isEndless(Class<?> type) {
        Class<?> inner = type;
        for (int depth = 0; depth < 8; depth++) {
            if (!inner.isRecord() || inner.getRecordComponents().length != 1) {
                return false;
            }
            inner = inner.getRecordComponents()[0].getType();
        }
        return true;
    }
}
