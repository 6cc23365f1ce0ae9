package io.cacheaside.samples.demo;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of one phase of a replay.
 *
 * @param pages latencies of the pages, from sending the request to the complete answer
 * @param changes latencies of the price changes
 * @param figures what the instances counted
 */
record Phase(
        Latencies pages,
        Latencies changes,
        Figures figures,
        Duration took,
        long stale,
        long failures,
        Optional<String> firstFailure) {

    static Phase of(List<ClientResult> clients, Figures figures, Duration took) {
        return new Phase(
                Latencies.merged(clients.stream().map(client -> client.pages).toList()),
                Latencies.merged(clients.stream().map(client -> client.changes).toList()),
                figures,
                took,
                clients.stream().mapToLong(client -> client.stale).sum(),
                clients.stream().mapToLong(client -> client.failures).sum(),
                clients.stream()
                        .map(client -> client.firstFailure)
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .findFirst());
    }

    int requests() {
        return pages.count() + changes.count();
    }

    double requestsPerSecond() {
        return requests() / (took.toNanos() / 1e9);
    }

    boolean isSound() {
        return stale == 0 && failures == 0 && requests() > 0;
    }
}
