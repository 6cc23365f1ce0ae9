package io.cacheaside;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A generic type written as code: {@code new TypeRef<List<User>>() {}}. The codec derives from it which classes a stored value
 * may have, which {@code List.class} does not say.
 */
public abstract class TypeRef<V> {

    private final Type type;

    /**
     * The type that the subclass names.
     *
     * @throws IllegalArgumentException where it names none
     */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)
                || named.getRawType() != TypeRef.class) {
            throw new IllegalArgumentException("a TypeRef names its type: write new TypeRef<List<User>>() {}");
        }
        this.type = named.getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /** The type that {@code type} is. */
    public static <V> TypeRef<V> of(Class<V> type) {
        return new OfClass<>(type);
    }

    /** The type as reflection has it. */
    public final Type type() {
        return type;
    }

    /** The type as code has it. */
    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class OfClass<V> extends TypeRef<V> {

        OfClass(Class<V> type) {
            super(type);
        }
    }
}
