package io.cacheaside.policy;

import io.cacheaside.error.ConfigurationException;

/**
 * How entries are refreshed before their end.
 *
 * @param threads how many loads run in the background of this JVM at once, for all caches together
 */
public record RefreshPolicy(int threads) {

    /** Four threads. */
    public static final RefreshPolicy DEFAULT = new RefreshPolicy(4);

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException where the number of threads is not from 1 to 1000
     */
    public RefreshPolicy {
        if (threads < 1 || threads > 1_000) {
            throw new ConfigurationException("cacheaside.refresh-threads = " + threads
                    + " is not in [1, 1000]: so many loads run in the background at once");
        }
    }
}
