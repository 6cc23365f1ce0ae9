package io.cacheaside.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A write method whose result is what reads of the key return from now on. It is stored after the method, inside a
 * transaction after its commit, if the method has begun that transaction itself and no other write of the key overlapped it.
 * Otherwise, and after an exception, the key is removed as by {@link Invalidate}, and so it is where the method returns null.
 * Either way every read that starts when the method has returned, in any JVM, sees this write or a later one.
 *
 * <p>The result has to be the very value that the {@link CacheAside} method of the key would load after the commit, of the
 * same type. While the method runs it has the lease of its key: reads that miss wait for it, as for a load. A method that
 * rolls a transaction of its own back has to throw.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface WriteThrough {

    /** Key template as in {@link CacheAside#key()}, of arguments only: the key has to be known before the method runs. */
    String key();

    /**
     * Lifetime of the stored value, or <code>#{…}</code> as in {@link CacheAside#ttl()}. Empty: the duration of the cache's
     * reads.
     */
    String ttl() default "";

    /**
     * Version of a value, as a path of properties of the result ({@code version}, {@code #result.meta.changedAt}) or a SpEL
     * expression on {@code #result}; something that compares, such as a number or a time. An entry of a newer version stays
     * where it is. For results that may come late, such as those of events; versions of a key must never go back. Empty: the
     * result is stored whatever the entry is.
     */
    String version() default "";
}
