package io.cacheaside.policy;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;

/**
 * How the marks of strict writes live.
 *
 * @param ttl how long a mark stands after its last prolongation; it is prolonged every third of this while its write goes
 *     on. After the death of a writer nothing is stored under its keys for so long, and a commit that becomes visible later
 *     than that is not protected
 */
public record MarkPolicy(Duration ttl) {

    /** 30 seconds. */
    public static final MarkPolicy DEFAULT = new MarkPolicy(Duration.ofSeconds(30));

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException where the lifetime is not between 100 ms and an hour
     */
    public MarkPolicy {
        if (ttl.compareTo(Duration.ofMillis(100)) < 0 || ttl.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigurationException("cacheaside.mark-ttl = " + Durations.format(ttl)
                    + " is not in [100ms, 1h]: a mark has to outlive a few round trips, and nothing is cached while it"
                    + " stands");
        }
    }
}
