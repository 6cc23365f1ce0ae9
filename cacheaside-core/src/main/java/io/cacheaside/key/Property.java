package io.cacheaside.key;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A readable part of an object: a record component, a getter ({@code getName}, {@code isName}), a public field, or a
 * method of that very name on a type that is not the JDK's.
 *
 * @param member the public method without parameters, or the field
 * @param type what it holds, as declared
 */
record Property(Member member, Type type) {

    /** The property {@code name} of {@code owner}. */
    static Optional<Property> find(Class<?> owner, String name) {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        Stream<Optional<Property>> ways = owner.isRecord()
                ? Stream.of(method(owner, name), method(owner, "get" + capital), method(owner, "is" + capital))
                : Stream.of(
                        method(owner, "get" + capital),
                        method(owner, "is" + capital).filter(p -> isBoolean(p.type)),
                        field(owner, name),
                        JdkTypes.contains(owner) ? Optional.empty() : method(owner, name));
        return ways.flatMap(Optional::stream).findFirst();
    }

    /** Names that {@link #find} finds, sorted. */
    static List<String> names(Class<?> owner) {
        TreeSet<String> names = new TreeSet<>();
        readers(owner).forEach(method -> {
            String name = method.getName();
            String bare = name.startsWith("get") ? name.substring(3) : name.startsWith("is") ? name.substring(2) : "";
            String property = bare.isEmpty() ? name : bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
            if ((!bare.isEmpty() || isOwnAccessor(owner, method))
                    && find(owner, property).isPresent()) {
                names.add(property);
            }
        });
        fields(owner).map(Field::getName).forEach(names::add);
        return List.copyOf(names);
    }

    /** A handle behind {@link Accessor}, so that no call reflects. */
    Accessor accessor() throws IllegalAccessException {
        ((AccessibleObject) member).trySetAccessible();
        return Accessors.of(member);
    }

    private static boolean isOwnAccessor(Class<?> owner, Method method) {
        if (owner.isRecord()) {
            return Arrays.stream(owner.getRecordComponents())
                    .anyMatch(c -> c.getAccessor().equals(method));
        }
        return owner.isInterface() && !JdkTypes.contains(owner);
    }

    private static Optional<Property> method(Class<?> owner, String name) {
        // a covariant override leaves a bridge with the wider type beside it
        return readers(owner)
                .filter(method -> method.getName().equals(name))
                .min(Comparator.comparing(Method::isBridge)
                        .thenComparing((a, b) -> a.getReturnType() == b.getReturnType()
                                ? 0
                                : a.getReturnType().isAssignableFrom(b.getReturnType()) ? 1 : -1))
                .map(method -> new Property(method, method.getGenericReturnType()));
    }

    private static Stream<Method> readers(Class<?> owner) {
        return Arrays.stream(owner.getMethods())
                .filter(method -> method.getParameterCount() == 0
                        && method.getReturnType() != void.class
                        && method.getDeclaringClass() != Object.class
                        && !Modifier.isStatic(method.getModifiers())
                        && !isObjectMethod(method));
    }

    private static boolean isObjectMethod(Method method) {
        return method.getName().equals("toString") || method.getName().equals("hashCode");
    }

    private static Optional<Property> field(Class<?> owner, String name) {
        return fields(owner)
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .map(field -> new Property(field, field.getGenericType()));
    }

    private static Stream<Field> fields(Class<?> owner) {
        return Arrays.stream(owner.getFields()).filter(field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static boolean isBoolean(Type type) {
        return type == boolean.class || type == Boolean.class;
    }
}
