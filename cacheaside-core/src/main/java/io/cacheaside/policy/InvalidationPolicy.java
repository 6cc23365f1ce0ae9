package io.cacheaside.policy;

import java.time.Duration;

/**
 * How a removal is done.
 *
 * @param strict mark the keys before the commit
 * @param settle how long nothing is stored after the removal; zero: not at all
 * @param durable note the removal in the outbox, in the business transaction
 * @param timeout how long the writer waits for the acknowledgement of the mark, and of the removal
 * @param throwing throw at the writer where the removal was not acknowledged
 */
public record InvalidationPolicy(boolean strict, Duration settle, boolean durable, Duration timeout, boolean throwing) {

    /** One removal after the write and nothing else, acknowledged within a second. */
    public static final InvalidationPolicy PLAIN = new InvalidationPolicy(false, Duration.ZERO, false);

    /** A policy with the timeout of {@link #PLAIN}. */
    public InvalidationPolicy(boolean strict, Duration settle, boolean durable) {
        this(strict, settle, durable, Duration.ofSeconds(1), false);
    }

    /** This policy, throwing. */
    public InvalidationPolicy thatThrows() {
        return new InvalidationPolicy(strict, settle, durable, timeout, true);
    }

    /** This policy with another timeout. */
    public InvalidationPolicy within(Duration other) {
        return new InvalidationPolicy(strict, settle, durable, other, throwing);
    }

    /** This policy, durable. */
    public InvalidationPolicy withNote() {
        return new InvalidationPolicy(strict, settle, true, timeout, throwing);
    }

    /** This policy without marks. */
    public InvalidationPolicy withoutMark() {
        return new InvalidationPolicy(false, settle, durable, timeout, throwing);
    }

    /** What does justice to both: the stricter, and the longer, of each. */
    public InvalidationPolicy and(InvalidationPolicy other) {
        return new InvalidationPolicy(
                strict || other.strict,
                longer(settle, other.settle),
                durable || other.durable,
                longer(timeout, other.timeout),
                throwing || other.throwing);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
