package io.cacheaside.aspect.plan;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.adapt.TypeArguments;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method with annotations, as objects of one class have it.
 *
 * @param method the method that carries the annotations, of a class or an interface
 * @param target the class whose objects are called
 * @param body the method that runs: {@code method} itself, or what overrides or implements it without annotations of
 *     its own; null where only a proxy has one
 */
public record AnnotatedMethod(
        Method method, Class<?> target, @Nullable Method body) {

    /** {@code method} itself, whatever overrides it. */
    public static AnnotatedMethod itself(Method method, Class<?> target) {
        return new AnnotatedMethod(method, target, method);
    }

    /** True where calls run the annotated method itself. */
    public boolean isBody() {
        return method.equals(body);
    }

    /** True where results are cached. */
    public boolean reads() {
        return method.isAnnotationPresent(CacheAside.class);
    }

    /** True where keys are invalidated. */
    public boolean writes() {
        return !invalidations().isEmpty() || writesThrough();
    }

    /** True where the result takes the place of an entry. */
    public boolean writesThrough() {
        return method.isAnnotationPresent(WriteThrough.class);
    }

    /** The method for messages: {@code com.shop.Products.find(long)}. */
    public String where() {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(
                        ", ", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
    }

    /** The classes of its parameters as {@link #target} declares them, generic ones resolved. */
    public List<Class<?>> parameters() {
        return Arrays.stream(method.getGenericParameterTypes())
                .<Class<?>>map(type -> TypeArguments.erase(TypeArguments.resolve(type, target)))
                .toList();
    }

    @Nullable
    CacheAside cacheAside() {
        return method.getAnnotation(CacheAside.class);
    }

    @Nullable
    WriteThrough writeThrough() {
        return method.getAnnotation(WriteThrough.class);
    }

    List<Invalidate> invalidations() {
        return List.of(method.getAnnotationsByType(Invalidate.class));
    }
}
