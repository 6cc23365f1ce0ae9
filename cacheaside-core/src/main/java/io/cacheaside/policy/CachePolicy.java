package io.cacheaside.policy;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one cache promises, complete and checked.
 *
 * @param cache name of the cache; it owns the keys that start with {@code <cache>:}
 * @param ttl hard lifetime of a stored value
 * @param nullTtl lifetime of a remembered absence; zero: absences are not stored
 * @param lease lifetime of one load's lease, renewed every third of it
 * @param waitFor how long a call waits for another call's load
 * @param maxLoad how long a lease is renewed at most
 * @param jitter largest part of the lifetime by which a fill shortens it at random, 0 to 1
 * @param readTimeout how long a call waits for a read of the store before it counts as a miss
 * @param insideTransaction how a miss is loaded for a caller whose transaction reads what others may not get
 */
public record CachePolicy(
        String cache,
        Duration ttl,
        Duration nullTtl,
        Duration lease,
        Duration waitFor,
        Duration maxLoad,
        double jitter,
        Duration readTimeout,
        InsideTransaction insideTransaction) {

    /** What holds where no source says otherwise. */
    public static final CacheSettings DEFAULTS = new CacheSettings(
            Duration.ofMinutes(5),
            Duration.ZERO,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            0.1,
            Duration.ofMillis(50),
            InsideTransaction.BYPASS,
            false);

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(30);

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException with every contradiction, each naming the cache and the value
     */
    public CachePolicy {
        List<String> problems = new ArrayList<>();
        atLeast(problems, cache, "ttl", ttl, Duration.ofMillis(1), "there is always a hard lifetime");
        atLeast(problems, cache, "null-ttl", nullTtl, Duration.ZERO, "0 turns it off");
        atLeast(problems, cache, "lease", lease, SHORTEST_LEASE, "a lease has to outlive a few round trips");
        atLeast(problems, cache, "wait-for", waitFor, Duration.ZERO, "0 never waits");
        atLeast(problems, cache, "max-load", maxLoad, lease, "it cannot be shorter than the lease");
        atLeast(problems, cache, "read-timeout", readTimeout, Duration.ofMillis(1), "a read needs a moment");
        if (!(jitter >= 0 && jitter < 1)) {
            problems.add("cache '" + cache + "': jitter = " + jitter + " is not in [0, 1)");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** The policy of {@code cache} from {@code settings}, completed by {@link #DEFAULTS}. */
    public static CachePolicy of(String cache, CacheSettings settings) {
        CacheSettings s = settings.orElse(DEFAULTS);
        return new CachePolicy(
                cache,
                complete(s.ttl()),
                complete(s.nullTtl()),
                complete(s.lease()),
                complete(s.waitFor()),
                complete(s.maxLoad()),
                complete(s.jitter()),
                complete(s.readTimeout()),
                complete(s.insideTransaction()));
    }

    private static <T> T complete(@Nullable T setting) {
        return Objects.requireNonNull(setting, "DEFAULTS leaves a setting open");
    }

    /** True where absent results are stored. */
    public boolean remembersAbsence() {
        return !nullTtl.isZero();
    }

    private static void atLeast(
            List<String> problems, String cache, String name, Duration value, Duration least, String why) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            problems.add("cache '" + cache + "': " + name + " = " + Durations.format(value) + " is not in ["
                    + Durations.format(least) + ", " + Durations.format(LONGEST) + "]: " + why);
        }
    }
}
