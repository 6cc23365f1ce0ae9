package io.cacheaside.aspect.adapt;

import io.cacheaside.engine.Loader;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a method returns into what the cache stores, and back. Null stored is an absent result. */
public sealed interface ResultAdapter {

    /** The type of the stored values, resolved against the class that is called; wrappers for primitives. */
    Type stored();

    /** {@code method} with its result as the cache stores it. */
    Loader loader(Loader method);

    /** What the caller gets for {@code stored}. */
    @Nullable
    Object returned(@Nullable Object stored);

    /** False where the method cannot return an absent result, because it returns a primitive. */
    boolean mayBeAbsent();

    /**
     * The adapter for what {@code method} returns when it is called on objects of {@code target}.
     *
     * @throws IllegalArgumentException with one sentence, where such results cannot be cached
     */
    static ResultAdapter of(Method method, Class<?> target) {
        Type type = TypeArguments.resolve(method.getGenericReturnType(), target);
        if (TypeArguments.erase(type) == Optional.class) {
            Type content = TypeArguments.argument(type, Optional.class);
            ReturnTypes.check(content);
            return new OptionalResult(content);
        }
        ReturnTypes.check(type);
        return type instanceof Class<?> c && c.isPrimitive()
                ? new PlainResult(TypeArguments.wrapper(c), false)
                : new PlainResult(type, true);
    }

    /** Stored as returned; {@code mayBeAbsent} is false for primitives. */
    record PlainResult(Type stored, boolean mayBeAbsent) implements ResultAdapter {

        @Override
        public Loader loader(Loader method) {
            return method;
        }

        @Override
        public @Nullable Object returned(@Nullable Object stored) {
            return stored;
        }
    }

    /** Loads the content of the Optional that {@code method} returns. */
    record ContentLoader(Loader method) implements Loader {

        @Override
        public @Nullable Object load() throws Throwable {
            return method.load() instanceof Optional<?> optional ? optional.orElse(null) : null;
        }

        @Override
        public Loader detached() {
            return new ContentLoader(method.detached());
        }
    }

    /** Stored is the content; an empty Optional is an absent result. */
    record OptionalResult(Type stored) implements ResultAdapter {

        @Override
        public Loader loader(Loader method) {
            return new ContentLoader(method);
        }

        @Override
        public Object returned(@Nullable Object stored) {
            return Optional.ofNullable(stored);
        }

        @Override
        public boolean mayBeAbsent() {
            return true;
        }
    }
}
