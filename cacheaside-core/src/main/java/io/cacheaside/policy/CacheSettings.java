package io.cacheaside.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A partial policy from one source (configuration of one cache, annotation, defaults). Null means that the source does
 * not say; zero means off where {@link CachePolicy} knows an off.
 */
public record CacheSettings(
        @Nullable Duration ttl,
        @Nullable Duration nullTtl,
        @Nullable Duration lease,
        @Nullable Duration waitFor,
        @Nullable Duration maxLoad,
        @Nullable Double jitter,
        @Nullable Duration readTimeout,
        @Nullable InsideTransaction insideTransaction,
        @Nullable Boolean durable) {

    /** Says nothing. */
    public static final CacheSettings NONE = new CacheSettings(null, null, null, null, null, null, null);

    /** Settings that leave open what happens inside a transaction, and whether invalidations are durable. */
    public CacheSettings(
            @Nullable Duration ttl,
            @Nullable Duration nullTtl,
            @Nullable Duration lease,
            @Nullable Duration waitFor,
            @Nullable Duration maxLoad,
            @Nullable Double jitter,
            @Nullable Duration readTimeout) {
        this(ttl, nullTtl, lease, waitFor, maxLoad, jitter, readTimeout, null, null);
    }

    /** Settings that say only a TTL. */
    public static CacheSettings ttl(Duration ttl) {
        return new CacheSettings(ttl, null, null, null, null, null, null);
    }

    /** These settings, completed by {@code lower} where they do not say. */
    public CacheSettings orElse(CacheSettings lower) {
        return new CacheSettings(
                first(ttl, lower.ttl),
                first(nullTtl, lower.nullTtl),
                first(lease, lower.lease),
                first(waitFor, lower.waitFor),
                first(maxLoad, lower.maxLoad),
                first(jitter, lower.jitter),
                first(readTimeout, lower.readTimeout),
                first(insideTransaction, lower.insideTransaction),
                first(durable, lower.durable));
    }

    /** These settings with another answer to what happens inside a transaction. */
    public CacheSettings insideTransaction(@Nullable InsideTransaction inside) {
        return new CacheSettings(ttl, nullTtl, lease, waitFor, maxLoad, jitter, readTimeout, inside, durable);
    }

    /** These settings with another answer to whether every invalidation is noted in the outbox. */
    public CacheSettings durable(@Nullable Boolean durable) {
        return new CacheSettings(
                ttl, nullTtl, lease, waitFor, maxLoad, jitter, readTimeout, insideTransaction, durable);
    }

    private static <T> @Nullable T first(@Nullable T mine, @Nullable T lower) {
        return mine != null ? mine : lower;
    }
}
