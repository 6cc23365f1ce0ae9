package io.cacheaside.key;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A type with what its type variables, and those of all its supertypes, stand for. An unknown variable counts as its
 * first bound.
 */
final class TypeView {

    private final Class<?> raw;

    /** Lazy, because a type may bind a variable to itself ({@code Foo implements Comparable<Foo>}). */
    private final Map<TypeVariable<?>, Supplier<TypeView>> variables = new HashMap<>();

    private TypeView(Class<?> raw) {
        this.raw = raw;
    }

    /** A type seen from nowhere. */
    static TypeView of(Type type) {
        return of(type, Map.of());
    }

    /** The class without its type arguments. */
    Class<?> raw() {
        return raw;
    }

    /** {@code type}, written in a member of this type or of its supertypes, seen from here. */
    TypeView see(Type type) {
        return of(type, variables);
    }

    /** The type argument {@code position} of this type's supertype {@code generic}. */
    TypeView argument(Class<?> generic, int position) {
        return see(generic.getTypeParameters()[position]);
    }

    private static TypeView of(Type type, Map<TypeVariable<?>, Supplier<TypeView>> seen) {
        if (type instanceof ParameterizedType parameterized) {
            TypeView view = new TypeView((Class<?>) parameterized.getRawType());
            view.bind(parameterized, seen);
            return view.climb(view.raw);
        }
        if (type instanceof TypeVariable<?> variable) {
            Supplier<TypeView> known = seen.get(variable);
            return known != null ? known.get() : of(erased(variable.getBounds()[0]), Map.of());
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], seen);
        }
        if (type instanceof GenericArrayType array) {
            return of(of(array.getGenericComponentType(), seen).raw.arrayType(), Map.of());
        }
        TypeView view = new TypeView((Class<?>) type);
        return view.climb(view.raw);
    }

    private void bind(ParameterizedType type, Map<TypeVariable<?>, Supplier<TypeView>> seen) {
        TypeVariable<?>[] parameters = ((Class<?>) type.getRawType()).getTypeParameters();
        Type[] arguments = type.getActualTypeArguments();
        for (int i = 0; i < parameters.length; i++) {
            Type argument = arguments[i];
            variables.put(parameters[i], () -> of(argument, seen));
        }
    }

    private TypeView climb(Class<?> type) {
        climb(type.getGenericSuperclass());
        for (Type parent : type.getGenericInterfaces()) {
            climb(parent);
        }
        return this;
    }

    private void climb(@Nullable Type parent) {
        if (parent instanceof ParameterizedType parameterized) {
            bind(parameterized, variables);
            climb((Class<?>) parameterized.getRawType());
        } else if (parent instanceof Class<?> plain) {
            climb(plain);
        }
    }

    private static Class<?> erased(Type bound) {
        if (bound instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        return bound instanceof TypeVariable<?> variable ? erased(variable.getBounds()[0]) : (Class<?>) bound;
    }
}
