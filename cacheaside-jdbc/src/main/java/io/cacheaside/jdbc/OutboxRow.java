package io.cacheaside.jdbc;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One noted key, as found; whoever may write to the table may have written it.
 *
 * @param attempts how often it failed although the store answered
 * @param age time since it was noted, on the database's clock
 */
record OutboxRow(UUID id, @Nullable String cache, @Nullable String key, Duration settle, int attempts, Duration age) {

    /** No key that an application renders comes near to it. */
    static final int LONGEST_KEY = 10_000;

    /** Name of its cache for counters. */
    String cacheName() {
        return cache == null ? "unknown" : cache;
    }

    /** Why no key of {@code namespace} can be made of it; null where one can. */
    @Nullable
    String unreadable(String namespace) {
        if (key == null) {
            return "its key is null";
        }
        if (key.length() > LONGEST_KEY) {
            return "its key has " + key.length() + " characters, more than " + LONGEST_KEY;
        }
        if (!key.startsWith(namespace + ":") || key.length() == namespace.length() + 1) {
            return "its key does not begin with '" + namespace + ":'";
        }
        return settle.isNegative() ? "settle_millis is negative" : null;
    }
}
