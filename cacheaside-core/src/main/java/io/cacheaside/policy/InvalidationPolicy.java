package io.cacheaside.policy;

import java.time.Duration;

/**
 * How a removal is done.
 *
 * @param strict mark the keys before the commit
 * @param settle how long nothing is stored after the removal; zero: not at all
 * @param durable note the removal in the outbox, in the business transaction
 * @param timeout how long the writer waits for the acknowledgement of the mark, and of the removal
 */
public record InvalidationPolicy(boolean strict, Duration settle, boolean durable, Duration timeout) {

    /** One removal after the write and nothing else, acknowledged within a second. */
    public static final InvalidationPolicy PLAIN = new InvalidationPolicy(false, Duration.ZERO, false);

    /** A policy with the timeout of {@link #PLAIN}. */
    public InvalidationPolicy(boolean strict, Duration settle, boolean durable) {
        this(strict, settle, durable, Duration.ofSeconds(1));
    }

    /** This policy with another timeout. */
    public InvalidationPolicy within(Duration other) {
        return new InvalidationPolicy(strict, settle, durable, other);
    }

    /** This policy, durable. */
    public InvalidationPolicy withNote() {
        return new InvalidationPolicy(strict, settle, true, timeout);
    }

    /** This policy without marks. */
    public InvalidationPolicy withoutMark() {
        return new InvalidationPolicy(false, settle, durable, timeout);
    }

    /** What does justice to both: the stricter, and the longer, of each. */
    public InvalidationPolicy and(InvalidationPolicy other) {
        return new InvalidationPolicy(
                strict || other.strict,
                longer(settle, other.settle),
                durable || other.durable,
                longer(timeout, other.timeout));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
