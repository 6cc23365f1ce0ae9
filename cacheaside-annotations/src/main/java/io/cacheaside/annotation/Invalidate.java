package io.cacheaside.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A write method after which the named keys are removed from the cache. It acts when the method has finished, also when
 * it threw (an exception does not prove that nothing was written); inside a transaction after its completion, committed
 * or unknown, and not after a rollback. All keys of a call travel together.
 *
 * <p>When the method has returned and Redis acknowledged the removal, every read that starts afterwards, in any JVM,
 * sees this write or a later one. Argument keys are rendered on entry and on exit and both are removed, because
 * arguments are mutable.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Invalidate.List.class)
public @interface Invalidate {

    /**
     * One or more key templates as in {@link CacheAside#key()}; {@code #result} and paths below it are allowed. A key
     * with a null in it is skipped; {@code #result} keys of a call that threw are skipped too.
     */
    String[] key();

    /** SpEL over the arguments and {@code #result}; when false nothing is removed. Empty: always. */
    String condition() default "";

    /** Container of repeated {@link Invalidate} annotations. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        /** The repeated annotations in source order. */
        Invalidate[] value();
    }
}
