package io.cacheaside.codec;

import io.cacheaside.error.ConfigurationException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/** Method handles to the private members of application classes, all with {@code Object} for every type. */
final class Members {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType SETTER = MethodType.methodType(void.class, Object.class, Object.class);
    private static final MethodType FROM_ARRAY = MethodType.methodType(Object.class, Object[].class);

    private Members() {}

    static MethodHandle getter(Field field) {
        return reach(field.getDeclaringClass(), () -> {
            field.setAccessible(true);
            return LOOKUP.unreflectGetter(field).asType(GETTER);
        });
    }

    static MethodHandle setter(Field field) {
        return reach(field.getDeclaringClass(), () -> {
            field.setAccessible(true);
            return LOOKUP.unreflectSetter(field).asType(SETTER);
        });
    }

    /** The canonical constructor, from an array of the components. */
    static MethodHandle canonical(Class<?> type) {
        Class<?>[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        return reach(type, () -> {
            Constructor<?> constructor = type.getDeclaredConstructor(components);
            constructor.setAccessible(true);
            return LOOKUP.unreflectConstructor(constructor)
                    .asSpreader(Object[].class, components.length)
                    .asType(FROM_ARRAY);
        });
    }

    /** Gives a Kotlin object itself, else empty instances: by the constructor without parameters if there is one, else without any constructor. */
    static ObjectInstantiator<?> instantiator(Class<?> type) {
        return reach(type, () -> {
            if (Fields.isSingleton(type)) {
                Field instance = type.getDeclaredField("INSTANCE");
                instance.setAccessible(true);
                Object only = Objects.requireNonNull(instance.get(null));
                return () -> only;
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return new ByConstructor(constructor);
            } catch (NoSuchMethodException e) {
                return new StdInstantiatorStrategy().newInstantiatorOf(type);
            }
        });
    }

    private static <T> T reach(Class<?> type, Access<T> access) {
        try {
            return access.get();
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new ConfigurationException(type.getName() + " cannot be reached by reflection; its module must open "
                    + type.getPackageName() + " to cacheaside (" + e.getMessage() + ")");
        }
    }

    @FunctionalInterface
    private interface Access<T> {
        T get() throws ReflectiveOperationException;
    }

    private record ByConstructor(Constructor<?> constructor) implements ObjectInstantiator<Object> {
        @Override
        public Object newInstance() {
            try {
                return constructor.newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
