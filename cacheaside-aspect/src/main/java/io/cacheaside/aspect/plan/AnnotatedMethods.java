package io.cacheaside.aspect.plan;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.adapt.TypeArguments;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the annotations of a class. A method without annotations of its own has those of the nearest method that it
 * overrides or implements: superclasses first, then interfaces. Reflects; for start and first calls only.
 */
public final class AnnotatedMethods {

    private static final Logger LOG = LoggerFactory.getLogger(AnnotatedMethods.class);

    private AnnotatedMethods() {}

    /** The annotated methods of {@code target}, inherited ones included, each with its nearest annotations. */
    public static List<AnnotatedMethod> of(Class<?> target) {
        return lineage(target).stream()
                .flatMap(AnnotatedMethods::declared)
                .filter(AnnotatedMethods::isAnnotated)
                .flatMap(method ->
                        find(method, target).filter(found -> found.method().equals(method)).stream())
                .toList();
    }

    /** The annotations that hold when {@code called} is called on objects of {@code target}. */
    public static Optional<AnnotatedMethod> find(Method called, Class<?> target) {
        Method body = null;
        for (Class<?> type : isInherited(called) ? lineage(target) : Set.<Class<?>>of(called.getDeclaringClass())) {
            Method method = counterpart(called, type, target);
            if (method == null) {
                continue;
            }
            if (body == null && !Modifier.isAbstract(method.getModifiers())) {
                body = method;
            }
            if (isAnnotated(method)) {
                return Optional.of(new AnnotatedMethod(method, target, body));
            }
        }
        return Optional.empty();
    }

    private static boolean isInherited(Method method) {
        return (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0;
    }

    private static boolean isAnnotated(Method method) {
        return method.isAnnotationPresent(CacheAside.class)
                || method.isAnnotationPresent(Invalidate.class)
                || method.isAnnotationPresent(WriteThrough.class)
                || method.isAnnotationPresent(Invalidate.List.class);
    }

    private static @Nullable Method counterpart(Method called, Class<?> type, Class<?> target) {
        return declared(type)
                .filter(method -> method.equals(called)
                        || isInherited(method)
                                && method.getName().equals(called.getName())
                                && method.getParameterCount() == called.getParameterCount()
                                && hasParametersOf(called, method, target))
                .findFirst()
                .orElse(null);
    }

    /** A bridge takes wider parameters than the method behind it. */
    private static boolean hasParametersOf(Method called, Method method, Class<?> target) {
        Class<?>[] wanted = parameters(called, target);
        Class<?>[] found = parameters(method, target);
        for (int i = 0; i < wanted.length; i++) {
            if (called.isBridge() ? !wanted[i].isAssignableFrom(found[i]) : wanted[i] != found[i]) {
                return false;
            }
        }
        return true;
    }

    private static Class<?>[] parameters(Method method, Class<?> target) {
        Type[] types = method.getGenericParameterTypes();
        Type[] known = types.length == method.getParameterCount() ? types : method.getParameterTypes();
        return Arrays.stream(known)
                .map(type -> TypeArguments.erase(TypeArguments.resolve(type, target)))
                .toArray(Class<?>[]::new);
    }

    private static Stream<Method> declared(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isSynthetic());
        } catch (LinkageError e) {
            LOG.debug("{} mentions a class that is not there and is not looked at", type.getName(), e);
            return Stream.empty();
        }
    }

    /** The class, its superclasses, then all interfaces; the JDK's own left out. */
    private static Set<Class<?>> lineage(Class<?> target) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> type = target; type != null && type != Object.class; type = type.getSuperclass()) {
            types.add(type);
        }
        List<Class<?>> waiting = new ArrayList<>(types);
        for (int i = 0; i < waiting.size(); i++) {
            waiting.addAll(List.of(waiting.get(i).getInterfaces()));
        }
        types.addAll(waiting);
        types.removeIf(type -> type.getClassLoader() == null);
        return types;
    }
}
