package io.cacheaside.key;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/** Accessors over method handles, positions and map keys. */
final class Accessors {

    private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

    private Accessors() {}

    /** Reads a method without parameters or a field, both already accessible. */
    static Accessor of(Member member) throws IllegalAccessException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle handle = (member instanceof Method method
                        ? lookup.unreflect(method)
                        : lookup.unreflectGetter((Field) member))
                .asType(READ);
        return owner -> (Object) handle.invokeExact(owner);
    }

    /** Reads an element of an array of type {@code array}; null beyond its end. */
    static Accessor element(Class<?> array, int position) {
        MethodHandle element = MethodHandles.insertArguments(MethodHandles.arrayElementGetter(array), 1, position)
                .asType(READ);
        MethodHandle length = MethodHandles.arrayLength(array).asType(MethodType.methodType(int.class, Object.class));
        return owner -> position < (int) length.invokeExact(owner) ? (Object) element.invokeExact(owner) : null;
    }

    /** Reads an element of a list; null beyond its end. */
    static Accessor element(int position) {
        return owner -> {
            List<?> list = (List<?>) owner;
            return position < list.size() ? list.get(position) : null;
        };
    }

    /** Reads the value of a map under {@code key}; null where there is none. */
    static Accessor entry(Object key) {
        return owner -> ((Map<?, ?>) owner).get(key);
    }
}
