package io.cacheaside.samples.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How long requests took, every one of them. Not thread-safe: one for each client, merged at the end. */
final class Latencies {

    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
    }

    static Latencies merged(List<Latencies> parts) {
        Latencies all = new Latencies();
        all.nanos = parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.nanos, 0, part.count))
                .sorted()
                .toArray();
        all.count = all.nanos.length;
        return all;
    }

    int count() {
        return count;
    }

    /** The latency that a {@code share} of the requests did not exceed (nearest rank); zero where there were none. */
    Duration percentile(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? Duration.ZERO : Duration.ofNanos(sorted[(int) Math.ceil(share * count) - 1]);
    }
}
