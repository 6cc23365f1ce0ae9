package io.cacheaside.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call says of storing its result. All but {@link #tags} is called on the thread that has loaded it, before FILL is
 * sent; what it throws is logged once, and then the result is returned and not stored.
 */
@FunctionalInterface
public interface FillTerms {

    /** True where {@code value} (null: absent) may be stored. */
    boolean allow(@Nullable Object value);

    /**
     * The complete tags of the key, under which it is registered before its load begins, asked for once on a miss, before
     * anything is sent; their removal is its invalidation. Null where they cannot be told: then the result is not stored.
     * Terms with tags name no {@link #ttlOf}: how long the key has to be registered is known before the value.
     */
    default @Nullable Collection<String> tags() {
        return List.of();
    }

    /**
     * The lifetime of {@code value}, asked for where it may be stored. Null: the policy's. One that is none (zero, negative,
     * longer than a policy may be) is counted, and the value is not stored; it is up to this object to say why.
     */
    default @Nullable Duration ttlOf(Object value) {
        return null;
    }
}
