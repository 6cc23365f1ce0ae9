package io.cacheaside.hot;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is recorded.
 *
 * @param caches names of the caches whose reads are recorded
 * @param sample one of so many reads is looked at, 1 to 1,000,000
 * @param size how many calls of a cache a JVM counts at once and may be warmed, 1 to 100,000
 * @param days how long a day's record is kept, and how many days count, 1 to 60
 * @param flushInterval how often a JVM adds what it has counted to the common record, 1s to 1h
 */
public record HotCallPolicy(Set<String> caches, int sample, int size, int days, Duration flushInterval) {

    private static final int LARGEST_SAMPLE = 1_000_000;
    private static final int LARGEST_SIZE = 100_000;
    private static final int MOST_DAYS = 60;

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException with every value that is out of its range
     */
    public HotCallPolicy {
        caches = Set.copyOf(caches);
        List<String> problems = new ArrayList<>();
        range(problems, "sample", sample, LARGEST_SAMPLE);
        range(problems, "size", size, LARGEST_SIZE);
        range(problems, "days", days, MOST_DAYS);
        if (flushInterval.compareTo(Duration.ofSeconds(1)) < 0 || flushInterval.compareTo(Duration.ofHours(1)) > 0) {
            problems.add("hot-keys.flush-interval = " + Durations.format(flushInterval) + " is not in [1s, 1h]");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** One of 100 reads, 1,000 calls a cache, 7 days, once a minute. */
    public static HotCallPolicy of(String... caches) {
        return new HotCallPolicy(Set.of(caches), 100, 1_000, 7, Duration.ofMinutes(1));
    }

    /** This policy with another sample. */
    public HotCallPolicy withSample(int sample) {
        return new HotCallPolicy(caches, sample, size, days, flushInterval);
    }

    /** This policy with another size. */
    public HotCallPolicy withSize(int size) {
        return new HotCallPolicy(caches, sample, size, days, flushInterval);
    }

    private static void range(List<String> problems, String name, int value, int most) {
        if (value < 1 || value > most) {
            problems.add("hot-keys." + name + " = " + value + " is not in [1, " + most + "]");
        }
    }
}
