package io.cacheaside.jdbc;

import java.time.Duration;

/**
 * How a relay works.
 *
 * @param pollInterval how long it waits between two looks at the table, varied by up to a tenth
 * @param batch how many rows it takes at once
 * @param firstRetry pause after a first failure; it doubles with each further one
 * @param lastRetry longest pause
 * @param maxAttempts after so many failures of a row, while the store answers, it is set aside
 * @param deadline how long an answer of the store is waited for
 */
public record RelayPolicy(
        Duration pollInterval, int batch, Duration firstRetry, Duration lastRetry, int maxAttempts, Duration deadline) {

    /** What suits a cache: a row whose writer died is delivered in less than a second. */
    public static final RelayPolicy DEFAULTS = new RelayPolicy(
            Duration.ofMillis(250), 500, Duration.ofMillis(500), Duration.ofSeconds(10), 12, Duration.ofSeconds(1));

    /** A policy that makes sense. */
    public RelayPolicy {
        if (pollInterval.toMillis() < 1
                || batch < 1
                || firstRetry.toMillis() < 1
                || lastRetry.compareTo(firstRetry) < 0
                || maxAttempts < 1
                || deadline.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "a relay needs positive pauses and numbers, and lastRetry >= firstRetry");
        }
    }

    /** This policy with another pause between two looks. */
    public RelayPolicy withPollInterval(Duration interval) {
        return new RelayPolicy(interval, batch, firstRetry, lastRetry, maxAttempts, deadline);
    }

    /** The pause after {@code failures} failures in a row, at least one. */
    Duration retryAfter(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration pause = firstRetry.multipliedBy(1L << doublings);
        return pause.compareTo(lastRetry) < 0 ? pause : lastRetry;
    }
}
