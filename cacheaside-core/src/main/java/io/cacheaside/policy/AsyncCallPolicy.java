package io.cacheaside.policy;

import io.cacheaside.error.ConfigurationException;

/**
 * How a client runs the calls that answer with futures.
 *
 * @param threads how many of them run at once in this JVM, on threads of the client
 */
public record AsyncCallPolicy(int threads) {

    /** Sixteen threads. */
    public static final AsyncCallPolicy DEFAULT = new AsyncCallPolicy(16);

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException where the number of threads is not from 1 to 1000
     */
    public AsyncCallPolicy {
        if (threads < 1 || threads > 1_000) {
            throw new ConfigurationException("cacheaside.async-call-threads = " + threads
                    + " is not in [1, 1000]: so many calls with futures run at once");
        }
    }
}
