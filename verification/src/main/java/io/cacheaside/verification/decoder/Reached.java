package io.cacheaside.verification.decoder;

import io.cacheaside.verification.decoder.specimens.Part;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.temporal.Temporal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Walks everything that can be reached from a value and looks for classes that nobody allowed. */
final class Reached {

    private static final List<Class<?>> JDK_VALUES = List.of(
            Number.class,
            CharSequence.class,
            Boolean.class,
            Character.class,
            UUID.class,
            URI.class,
            Temporal.class,
            TimeUnit.class,
            Optional.class,
            Collection.class,
            Map.class);

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();

    private Reached() {}

    /** Name of a class in {@code value} that is not allowed, or null where all are. */
    static @Nullable String stranger(@Nullable Object value) {
        Reached walk = new Reached();
        walk.add(value);
        while (!walk.open.isEmpty()) {
            Object next = walk.open.pop();
            if (!isAllowed(next.getClass())) {
                return next.getClass().getName();
            }
            walk.follow(next);
        }
        return null;
    }

    private static boolean isAllowed(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive()) {
            return true;
        }
        String home = element.getPackageName();
        boolean ofTheJdk = home.startsWith("java.");
        Class<?> wanted = element;
        return home.equals(Part.class.getPackageName())
                || element == Object.class
                || ofTheJdk && JDK_VALUES.stream().anyMatch(value -> value.isAssignableFrom(wanted));
    }

    private void add(@Nullable Object value) {
        if (value != null && seen.add(value)) {
            open.push(value);
        }
    }

    private void follow(Object value) {
        if (value instanceof Object[] array) {
            for (Object element : array) {
                add(element);
            }
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(this::add);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, mapped) -> {
                add(key);
                add(mapped);
            });
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(this::add);
        } else if (value.getClass().getPackageName().equals(Part.class.getPackageName())) {
            fields(value);
        }
    }

    private void fields(Object value) {
        for (Field field : value.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                try {
                    field.setAccessible(true);
                    add(field.get(value));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
