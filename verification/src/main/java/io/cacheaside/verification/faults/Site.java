package io.cacheaside.verification.faults;

import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The Redis of a fault race, whatever it is made of. */
interface Site extends AutoCloseable {

    /** Options that tell the JVM {@code number} the way to it. */
    List<String> forJvm(int number);

    /** The servers that may be written to now. */
    List<EmbeddedRedis> masters();

    /** Puts right what is still broken after a round. */
    default void mend() {}

    /** The leases, marks and waiters' notes that are there; the indexes of tags may stay. */
    default List<String> footprints() {
        return masters().stream()
                .map(master -> Objects.requireNonNull(master.command("KEYS", "cacheaside:*")))
                .flatMap(keys -> ((Collection<?>) keys).stream())
                .map(String::valueOf)
                .filter(key -> !key.startsWith("cacheaside:tag:"))
                .toList();
    }

    /** How many connections listen to the wake-ups. */
    default long subscriptions(String namespace) {
        return masters().stream()
                .map(master ->
                        Objects.requireNonNull(master.command("PUBSUB", "NUMSUB", "cacheaside:wake:" + namespace)))
                .mapToLong(answer -> (Long) Objects.requireNonNull(((List<?>) answer).get(1)))
                .sum();
    }

    /** Removes what the cache has under {@code key}, as a job without the cache would. */
    default void remove(String key) {
        masters().get(0).command("DEL", key, "cacheaside:lease:{" + key + "}");
    }

    @Override
    void close() throws IOException;
}
