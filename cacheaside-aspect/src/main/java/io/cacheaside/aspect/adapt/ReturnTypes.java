package io.cacheaside.aspect.adapt;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
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

/** Refuses what no cache can hand out twice, and what does not say which values it stands for. */
final class ReturnTypes {

    private ReturnTypes() {}

    /** Throws {@link IllegalArgumentException} with one sentence where values of {@code type} cannot be cached. */
    static void check(Type type) {
        Optional<TypeVariable<?>> open = TypeArguments.unresolved(type);
        if (open.isPresent()) {
            throw new IllegalArgumentException("the return type " + type.getTypeName() + " leaves "
                    + open.get().getName() + " open, so nobody knows what is stored: return a type that says it");
        }
        check(TypeArguments.erase(type), type.getTypeName());
    }

    private static void check(Class<?> type, String name) {
        if (type == void.class || type == Void.class) {
            throw new IllegalArgumentException("the method returns " + name + ", so there is nothing to cache");
        }
        if (type == Object.class) {
            throw new IllegalArgumentException(
                    "the return type Object does not say which classes may be stored: return the type that is meant");
        }
        if (type == Optional.class) {
            throw new IllegalArgumentException("an Optional inside an Optional has two kinds of absence");
        }
        if (type == OptionalInt.class || type == OptionalLong.class || type == OptionalDouble.class) {
            throw new IllegalArgumentException("the return type " + name + " is not supported: return Optional<"
                    + (type == OptionalInt.class ? "Integer" : type == OptionalLong.class ? "Long" : "Double") + ">");
        }
        if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("the return type " + name
                    + " is a result that is not there yet, which is not supported: return the value itself");
        }
        if (Flow.Publisher.class.isAssignableFrom(type) || isReactive(type)) {
            throw new IllegalArgumentException(
                    "the return type " + name
                            + " is a publisher, which loads at each subscription and is not supported: return the value itself");
        }
        if (isUsedUp(type)) {
            throw new IllegalArgumentException("the return type " + name
                    + " is used up by its first reader, so it cannot be cached: return a List or another collection");
        }
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
