package io.cacheaside.policy;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** Refuses what no cache can hand out twice, and what does not say which values it stands for. */
public final class StoredTypes {

    private final String what;
    private final String instead;

    private StoredTypes(String what, String instead) {
        this.what = what;
        this.instead = instead;
    }

    /**
     * Throws {@link IllegalArgumentException} with one sentence where values of {@code type} cannot be cached.
     *
     * @param what it is for the sentence: {@code the return type}
     * @param instead the verb of the advice: {@code return}
     */
    public static void check(Type type, String what, String instead) {
        new StoredTypes(what, instead).check(type);
    }

    private void check(Type type) {
        Optional<TypeVariable<?>> open = unresolved(type);
        if (open.isPresent()) {
            throw new IllegalArgumentException(what + " " + type.getTypeName() + " leaves "
                    + open.get().getName() + " open, so nobody knows what is stored: " + instead
                    + " a type that says it");
        }
        check(erase(type), type.getTypeName());
    }

    private void check(Class<?> type, String name) {
        if (type == Object.class) {
            throw new IllegalArgumentException(
                    what + " Object does not say which classes may be stored: " + instead + " the type that is meant");
        }
        if (type == Optional.class) {
            throw new IllegalArgumentException("an Optional inside an Optional has two kinds of absence");
        }
        if (type == OptionalInt.class || type == OptionalLong.class || type == OptionalDouble.class) {
            throw new IllegalArgumentException(what + " " + name + " is not supported: " + instead + " Optional<"
                    + (type == OptionalInt.class ? "Integer" : type == OptionalLong.class ? "Long" : "Double") + ">");
        }
        if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(what + " " + name
                    + " is a result that is not there yet, which is not supported: " + instead + " the value itself");
        }
        if (Flow.Publisher.class.isAssignableFrom(type) || isReactive(type)) {
            throw new IllegalArgumentException(
                    what + " " + name + " is a publisher, which loads at each subscription and is not supported: "
                            + instead + " the value itself");
        }
        if (isUsedUp(type)) {
            throw new IllegalArgumentException(what + " " + name
                    + " is used up by its first reader, so it cannot be cached: " + instead
                    + " a List or another collection");
        }
    }

    /** The class that stands for {@code type} at run time. */
    public static Class<?> erase(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return erase(array.getGenericComponentType()).arrayType();
        }
        return erase(
                type instanceof WildcardType wildcard
                        ? wildcard.getUpperBounds()[0]
                        : ((TypeVariable<?>) type).getBounds()[0]);
    }

    /** The first variable that is still open in {@code type}. */
    private static Optional<TypeVariable<?>> unresolved(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return Optional.of(variable);
        }
        return parts(type)
                .map(StoredTypes::unresolved)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<Type> parts(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments());
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.concat(Arrays.stream(wildcard.getUpperBounds()), Arrays.stream(wildcard.getLowerBounds()));
        }
        return type instanceof GenericArrayType array ? Stream.of(array.getGenericComponentType()) : Stream.empty();
    }

    private static boolean isUsedUp(Class<?> type) {
        return type == Iterable.class
                || BaseStream.class.isAssignableFrom(type)
                || Iterator.class.isAssignableFrom(type)
                || Spliterator.class.isAssignableFrom(type)
                || Enumeration.class.isAssignableFrom(type)
                || AutoCloseable.class.isAssignableFrom(type);
    }

    /** Looks at names, because the library need not be there. */
    private static boolean isReactive(Class<?> type) {
        if (type.getName().equals("org.reactivestreams.Publisher")) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isReactive(parent)) {
                return true;
            }
        }
        Class<?> parent = type.getSuperclass();
        return parent != null && isReactive(parent);
    }
}
