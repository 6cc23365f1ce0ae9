package io.cacheaside.engine;

import io.cacheaside.policy.CachePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the results of one cache are stored.
 * <ol>
 *   <li>A value lives for its own TTL where the call names one, else for the policy's; {@code staleFor} comes on top.
 *   <li>Where hits prolong, {@code ttl} is how long it lives without one, and the soft deadline, which no hit moves, stands
 *       at {@code maxLifetime}.
 *   <li>Jitter shortens what makes entries end together: the TTL, or the maximum where hits prolong.
 * </ol>
 */
final class Lifetimes {

    /**
     * @param hard how long the store keeps it
     * @param soft when its lifetime ends, as the frame tells; null: the frame does not
     */
    record Lifetime(Duration hard, @Nullable Duration soft) {}

    private final Engine engine;
    private final CachePolicy policy;

    Lifetimes(Engine engine, CachePolicy policy) {
        this.engine = engine;
        this.policy = policy;
    }

    /** The lifetime of {@code value} (null: absent); null where it is not to be stored. */
    @Nullable
    Lifetime of(@Nullable Object value, @Nullable FillTerms terms) {
        if (value == null && !policy.remembersAbsence() || !isAllowed(value, terms)) {
            return null;
        }
        if (value == null) {
            return new Lifetime(shortened(policy.nullTtl()), null);
        }
        if (policy.slides()) {
            Duration most = shortened(policy.maxLifetime());
            return new Lifetime(most.compareTo(policy.ttl()) < 0 ? most : policy.ttl(), most);
        }
        Duration own = ttl(value, terms);
        if (own == null) {
            return null;
        }
        Duration ttl = shortened(own);
        return new Lifetime(ttl.plus(policy.staleFor()), policy.tellsEnd() ? ttl : null);
    }

    /** The TTL of {@code value} before jitter; null, and counted, where it has one that is none. */
    @Nullable
    Duration ttl(Object value, @Nullable FillTerms terms) {
        Duration own;
        try {
            own = terms == null ? null : terms.ttlOf(value);
        } catch (RuntimeException e) {
            engine.log.warn(
                    "ttl " + policy.cache(),
                    "Cache '{}': the TTL of a result failed; the result is returned and not stored",
                    policy.cache(),
                    e);
            own = Duration.ZERO;
        }
        if (own == null) {
            return policy.ttl();
        }
        if (CachePolicy.isLifetime(own)) {
            return own;
        }
        engine.listener.unusableTtl(policy.cache());
        return null;
    }

    private boolean isAllowed(@Nullable Object value, @Nullable FillTerms terms) {
        try {
            return terms == null || terms.allow(value);
        } catch (RuntimeException e) {
            engine.log.warn(
                    "unless " + policy.cache(),
                    "Cache '{}': the condition on the result failed; the result is returned and not stored",
                    policy.cache(),
                    e);
            return false;
        }
    }

    private Duration shortened(Duration ttl) {
        return policy.jitter() == 0
                ? ttl
                : Duration.ofNanos(
                        Math.max(1, (long) (ttl.toNanos() * (1 - policy.jitter() * engine.random.getAsDouble()))));
    }
}
