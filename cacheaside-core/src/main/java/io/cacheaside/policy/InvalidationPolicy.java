package io.cacheaside.policy;

import java.time.Duration;

/**
 * How a removal is done.
 *
 * @param strict mark the keys before the commit
 * @param settle how long nothing is stored after the removal; zero: not at all
 * @param durable note the removal in the outbox, in the business transaction
 */
public record InvalidationPolicy(boolean strict, Duration settle, boolean durable) {

    /** One removal after the write and nothing else. */
    public static final InvalidationPolicy PLAIN = new InvalidationPolicy(false, Duration.ZERO, false);

    /** This policy, durable. */
    public InvalidationPolicy withNote() {
        return new InvalidationPolicy(strict, settle, true);
    }

    /** This policy without marks. */
    public InvalidationPolicy withoutMark() {
        return new InvalidationPolicy(false, settle, durable);
    }

    /** What does justice to both: the stricter of each. */
    public InvalidationPolicy and(InvalidationPolicy other) {
        return new InvalidationPolicy(
                strict || other.strict,
                settle.compareTo(other.settle) >= 0 ? settle : other.settle,
                durable || other.durable);
    }
}
