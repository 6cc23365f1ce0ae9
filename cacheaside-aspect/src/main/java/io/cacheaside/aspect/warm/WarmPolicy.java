package io.cacheaside.aspect.warm;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a warmer goes about it.
 *
 * @param concurrency how many loads run at once, 1 to 1,000; twice as many calls are under way
 * @param rate how many calls a second are begun at most, up to 1,000,000; 0: no limit
 * @param timeout how long a run goes on at most, 1ms to 1 day
 * @param repeatAfter how long after a source failed it is tried again, until the time is over; zero: not at all
 */
public record WarmPolicy(int concurrency, int rate, Duration timeout, Duration repeatAfter) {

    private static final int MOST_AT_ONCE = 1_000;
    private static final int HIGHEST_RATE = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Eight loads at once, no limit of the rate, two minutes, failed sources are not repeated. */
    public static final WarmPolicy DEFAULTS = new WarmPolicy(8, 0, Duration.ofMinutes(2), Duration.ZERO);

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException with every value that is out of its range
     */
    public WarmPolicy {
        List<String> problems = new ArrayList<>();
        if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
            problems.add("concurrency = " + concurrency + " is not in [1, " + MOST_AT_ONCE + "]");
        }
        if (rate < 0 || rate > HIGHEST_RATE) {
            problems.add("rate = " + rate + " is not in [0, " + HIGHEST_RATE + "]: 0 is no limit");
        }
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            problems.add("timeout = " + Durations.format(timeout) + " is not in [1ms, 1d]");
        }
        if (repeatAfter.isNegative() || repeatAfter.compareTo(LONGEST) > 0) {
            problems.add("repeat-after = " + Durations.format(repeatAfter) + " is not in [0s, 1d]");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** This policy with another number of loads at once. */
    public WarmPolicy withConcurrency(int concurrency) {
        return new WarmPolicy(concurrency, rate, timeout, repeatAfter);
    }

    /** This policy with another rate. */
    public WarmPolicy withRate(int rate) {
        return new WarmPolicy(concurrency, rate, timeout, repeatAfter);
    }

    /** This policy with another timeout. */
    public WarmPolicy withTimeout(Duration timeout) {
        return new WarmPolicy(concurrency, rate, timeout, repeatAfter);
    }

    /** This policy with sources that failed repeated after {@code repeatAfter}. */
    public WarmPolicy withRepeatAfter(Duration repeatAfter) {
        return new WarmPolicy(concurrency, rate, timeout, repeatAfter);
    }
}
