package io.cacheaside.codec;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type without variables or wildcards: a class and its type arguments; of an array, the component. */
record ResolvedType(Class<?> raw, List<ResolvedType> arguments) {

    /** Stands for an argument that bounds itself, as in {@code T extends Comparable<T>}. */
    private static final ResolvedType OBJECT = new ResolvedType(Object.class, List.of());

    static ResolvedType of(Type type) {
        return of(type, Map.of());
    }

    /** {@code type} with its variables replaced by {@code bindings}, or by their first bound. */
    static ResolvedType of(Type type, Map<TypeVariable<?>, ResolvedType> bindings) {
        if (type instanceof Class<?> raw) {
            return ofClass(raw, bindings);
        }
        if (type instanceof ParameterizedType generic) {
            return new ResolvedType((Class<?>) generic.getRawType(), all(generic.getActualTypeArguments(), bindings));
        }
        if (type instanceof GenericArrayType array) {
            ResolvedType component = of(array.getGenericComponentType(), bindings);
            return new ResolvedType(component.raw().arrayType(), List.of(component));
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], bindings);
        }
        return ofVariable((TypeVariable<?>) type, bindings);
    }

    private static ResolvedType ofClass(Class<?> raw, Map<TypeVariable<?>, ResolvedType> bindings) {
        if (raw.isArray()) {
            return new ResolvedType(raw, List.of(of(raw.getComponentType())));
        }
        return new ResolvedType(raw, all(raw.getTypeParameters(), bindings));
    }

    private static ResolvedType ofVariable(TypeVariable<?> variable, Map<TypeVariable<?>, ResolvedType> bindings) {
        ResolvedType bound = bindings.get(variable);
        if (bound != null) {
            return bound;
        }
        Map<TypeVariable<?>, ResolvedType> inner = new HashMap<>(bindings);
        inner.put(variable, OBJECT);
        return of(variable.getBounds()[0], inner);
    }

    private static List<ResolvedType> all(Type[] types, Map<TypeVariable<?>, ResolvedType> bindings) {
        List<ResolvedType> resolved = new ArrayList<>(types.length);
        for (Type type : types) {
            resolved.add(of(type, bindings));
        }
        return List.copyOf(resolved);
    }

    /** What this type's variables stand for. */
    Map<TypeVariable<?>, ResolvedType> bindings() {
        TypeVariable<?>[] variables = raw.getTypeParameters();
        Map<TypeVariable<?>, ResolvedType> bindings = new HashMap<>();
        for (int i = 0; i < variables.length; i++) {
            bindings.put(variables[i], arguments.get(i));
        }
        return bindings;
    }

    /** {@code subclass} with the arguments that follow from this type, where it directly extends or implements it. */
    ResolvedType subtype(Class<?> subclass) {
        Map<TypeVariable<?>, ResolvedType> bindings = new HashMap<>();
        Type parent = parentIn(subclass);
        if (parent instanceof ParameterizedType generic) {
            Type[] actual = generic.getActualTypeArguments();
            for (int i = 0; i < actual.length && i < arguments.size(); i++) {
                if (actual[i] instanceof TypeVariable<?> variable) {
                    bindings.put(variable, arguments.get(i));
                }
            }
        }
        return of(subclass, bindings);
    }

    private @Nullable Type parentIn(Class<?> subclass) {
        for (Type type : subclass.getGenericInterfaces()) {
            if (of(type).raw() == raw) {
                return type;
            }
        }
        return subclass.getGenericSuperclass();
    }

    /** The wrapper instead of a primitive. */
    ResolvedType boxed() {
        return raw.isPrimitive() ? of(MethodType.methodType(raw).wrap().returnType()) : this;
    }

    /** The binary names, as the fingerprint needs them. */
    @Override
    public String toString() {
        if (raw.isArray()) {
            return arguments.get(0) + "[]";
        }
        if (arguments.isEmpty()) {
            return raw.getName();
        }
        StringBuilder text = new StringBuilder(raw.getName()).append('<');
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i == 0 ? "" : ",").append(arguments.get(i));
        }
        return text.append('>').toString();
    }
}
