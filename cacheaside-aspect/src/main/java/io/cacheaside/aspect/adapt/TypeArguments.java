package io.cacheaside.aspect.adapt;

import io.cacheaside.policy.StoredTypes;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces type variables by what a class binds them to. */
public final class TypeArguments {

    private final Map<TypeVariable<?>, Type> bound = new HashMap<>();

    private TypeArguments() {}

    /** {@code type}, written in a member of {@code target} or of its supertypes, with the variables that it binds. */
    public static Type resolve(Type type, Class<?> target) {
        if (type instanceof Class<?>) {
            return type;
        }
        TypeArguments arguments = new TypeArguments();
        arguments.climb(target);
        return arguments.replaced(type);
    }

    /** The class that stands for {@code type} at run time. */
    public static Class<?> erase(Type type) {
        return StoredTypes.erase(type);
    }

    /** The only argument of {@code type}, which is a {@code raw}; Object where it is used without argument. */
    public static Type argument(Type type, Class<?> raw) {
        Type argument = type instanceof ParameterizedType parameterized && parameterized.getRawType() == raw
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
        return bounded(argument);
    }

    /** {@code argument}, or its upper bound where it is a wildcard. */
    static Type bounded(Type argument) {
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }

    static Class<?> wrapper(Class<?> primitive) {
        return MethodType.methodType(primitive).wrap().returnType();
    }

    private void climb(@Nullable Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            for (int i = 0; i < raw.getTypeParameters().length; i++) {
                bound.put(raw.getTypeParameters()[i], replaced(parameterized.getActualTypeArguments()[i]));
            }
            climb(raw);
        } else if (type instanceof Class<?> c) {
            climb(c.getGenericSuperclass());
            for (Type parent : c.getGenericInterfaces()) {
                climb(parent);
            }
        }
    }

    private Type replaced(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return bound.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType parameterized) {
            Type[] before = parameterized.getActualTypeArguments();
            Type[] after = Arrays.stream(before).map(this::replaced).toArray(Type[]::new);
            return Arrays.equals(before, after) ? type : new ResolvedType(parameterized, List.of(after));
        }
        if (type instanceof GenericArrayType array) {
            Type component = replaced(array.getGenericComponentType());
            return component instanceof Class<?> c
                    ? c.arrayType()
                    : component.equals(array.getGenericComponentType()) ? type : new ResolvedArray(component);
        }
        if (type instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 0) {
            Type upper = replaced(wildcard.getUpperBounds()[0]);
            return upper.equals(wildcard.getUpperBounds()[0]) ? type : upper;
        }
        return type;
    }
}
