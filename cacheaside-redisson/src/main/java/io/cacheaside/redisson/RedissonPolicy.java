package io.cacheaside.redisson;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long the adapter lets a command take before its future fails. The command may still execute later.
 *
 * @param read GET, counted from the oldest caller of a common trip
 * @param lease ACQUIRE, RENEW and RELEASE
 * @param fill FILL
 * @param invalidate INVALIDATE, or MARK, of all keys of a call
 * @param longestWait how long a waiter relies on a wake-up while the subscription works
 */
public record RedissonPolicy(Duration read, Duration lease, Duration fill, Duration invalidate, Duration longestWait) {

    // above DEFAULTS, whose constructor call looks at it
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** 50 ms for a read, one second for everything else. */
    public static final RedissonPolicy DEFAULTS = new RedissonPolicy(
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException where a duration is not between 1 ms and a minute, with all such
     */
    public RedissonPolicy {
        List<String> problems = new ArrayList<>();
        check(problems, "read", read);
        check(problems, "lease", lease);
        check(problems, "fill", fill);
        check(problems, "invalidate", invalidate);
        check(problems, "longestWait", longestWait);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** This policy with another deadline for reads. */
    public RedissonPolicy withRead(Duration deadline) {
        return new RedissonPolicy(deadline, lease, fill, invalidate, longestWait);
    }

    /** The longest time that the adapter waits for an answer. */
    Duration longestDeadline() {
        return Collections.max(List.of(read, lease, fill, invalidate));
    }

    private static void check(List<String> problems, String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
            problems.add("RedissonPolicy." + name + " = " + value + ": has to be between 1 ms and " + LONGEST);
        }
    }
}
