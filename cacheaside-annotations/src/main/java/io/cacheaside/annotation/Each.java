package io.cacheaside.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a batch over the elements of one collection: the key template is rendered for each of them, under the
 * name that this annotation gives it.
 *
 * <pre>{@code
 * @CacheAside(key = "user:#id", ttl = "5m")
 * Map<Long, User> findAll(@Each("id") Collection<Long> ids)
 * }</pre>
 *
 * <p>On a {@link CacheAside} method the parameter is a {@code Collection}, {@code List} or {@code Set}. What is cached is
 * fetched together; the method runs with those elements only that are missing and that nobody else is loading, each under
 * its own lease, and once more where others were loading some and did not supply them. It returns a {@code Map} of the
 * elements that there are, or a {@code List} with one value for each element that it was given, in their order, null where
 * there is none. The caller gets the like for all elements that he asked for: a {@code Map} without those that are absent,
 * a {@code List} with null for them. An empty collection is answered without a call. A method of one element with the same
 * template shares the entries.
 *
 * <p>On an {@link Invalidate} method any {@code Collection} will do, and each template that names the element invalidates
 * it for every one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Each {

    /** The element's name in templates, {@code id} for {@code #id}: none that a parameter of the method has. */
    String value();
}
