package io.cacheaside.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call says of storing its result. Called on the thread that has loaded it, before anything is sent; what it throws
 * is logged once, and then the result is returned and not stored.
 */
@FunctionalInterface
public interface FillTerms {

    /** True where {@code value} (null: absent) may be stored. */
    boolean allow(@Nullable Object value);

    /**
     * The lifetime of {@code value}, asked for where it may be stored. Null: the policy's. One that is none (zero, negative,
     * longer than a policy may be) is counted, and the value is not stored; it is up to this object to say why.
     */
    default @Nullable Duration ttlOf(Object value) {
        return null;
    }
}
