package io.cacheaside.policy;

import io.cacheaside.error.ConfigurationException;

/**
 * How keys are invalidated in the background of one JVM, all caches together.
 *
 * @param rate how many keys a second are sent at most; 0: as many as the store takes, one batch after the other
 * @param queueSize how many keys wait at most; a writer that brings more waits for room
 */
public record BackgroundPolicy(int rate, int queueSize) {

    /** 20,000 keys a second, 100,000 keys. */
    public static final BackgroundPolicy DEFAULT = new BackgroundPolicy(20_000, 100_000);

    private static final int MOST = 10_000_000;

    /**
     * A policy that holds together.
     *
     * @throws ConfigurationException where the rate is not from 0 to 10,000,000, or the size not from 1 to 10,000,000
     */
    public BackgroundPolicy {
        if (rate < 0 || rate > MOST) {
            throw new ConfigurationException("cacheaside.background.rate = " + rate
                    + " is not in [0, 10000000]: so many keys a second are invalidated in the background at most; 0 is no"
                    + " limit");
        }
        if (queueSize < 1 || queueSize > MOST) {
            throw new ConfigurationException("cacheaside.background.queue-size = " + queueSize
                    + " is not in [1, 10000000]: so many keys wait for their invalidation in the background at most");
        }
    }
}
