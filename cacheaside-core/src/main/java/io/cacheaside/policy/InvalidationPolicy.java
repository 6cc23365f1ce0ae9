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
 * @param async remove in the background, some time after the write
 */
public record InvalidationPolicy(
        boolean strict, Duration settle, boolean durable, Duration timeout, boolean throwing, boolean async) {

    /** One removal after the write and nothing else, acknowledged within a second. */
    public static final InvalidationPolicy PLAIN = new InvalidationPolicy(false, Duration.ZERO, false);

    /** A policy with the timeout of {@link #PLAIN}. */
    public InvalidationPolicy(boolean strict, Duration settle, boolean durable) {
        this(strict, settle, durable, Duration.ofSeconds(1), false, false);
    }

    /** This policy, throwing. */
    public InvalidationPolicy thatThrows() {
        return new InvalidationPolicy(strict, settle, durable, timeout, true, async);
    }

    /** This policy, in the background. */
    public InvalidationPolicy inBackground() {
        return new InvalidationPolicy(strict, settle, durable, timeout, throwing, true);
    }

    /** This policy with another timeout. */
    public InvalidationPolicy within(Duration other) {
        return new InvalidationPolicy(strict, settle, durable, other, throwing, async);
    }

    /** This policy, durable. */
    public InvalidationPolicy withNote() {
        return new InvalidationPolicy(strict, settle, true, timeout, throwing, async);
    }

    /** This policy without marks. */
    public InvalidationPolicy withoutMark() {
        return new InvalidationPolicy(false, settle, durable, timeout, throwing, async);
    }

    /** This policy without what goes with known keys only. */
    public InvalidationPolicy ofGroup() {
        return new InvalidationPolicy(false, Duration.ZERO, false, timeout, throwing, false);
    }

    /** What does justice to both: the stricter, and the longer, of each; in the background only where both may be. */
    public InvalidationPolicy and(InvalidationPolicy other) {
        return new InvalidationPolicy(
                strict || other.strict,
                longer(settle, other.settle),
                durable || other.durable,
                longer(timeout, other.timeout),
                throwing || other.throwing,
                async && other.async);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
