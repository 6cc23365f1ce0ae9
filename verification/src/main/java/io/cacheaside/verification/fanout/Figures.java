package io.cacheaside.verification.fanout;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What one fan-out showed.
 *
 * @param callMillis until the write returned
 * @param allMillis until the last key was acknowledged
 * @param peakQueue the most keys that waited, as sampled
 * @param peakHeap the most bytes that were in use after a collection, as sampled
 * @param lag50Micros the lag of the batches
 */
record Figures(
        long callMillis,
        long allMillis,
        long peakQueue,
        long peakHeap,
        long acknowledged,
        long unconfirmed,
        long lag50Micros,
        long lagMaxMicros) {

    /** Those of a JVM that has ended before it could tell. */
    static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0);

    static Figures parse(String line) {
        long[] it = Pattern.compile(" ")
                .splitAsStream(line)
                .mapToLong(Long::parseLong)
                .toArray();
        return new Figures(it[0], it[1], it[2], it[3], it[4], it[5], it[6], it[7]);
    }

    String line() {
        return LongStream.of(
                        callMillis,
                        allMillis,
                        peakQueue,
                        peakHeap,
                        acknowledged,
                        unconfirmed,
                        lag50Micros,
                        lagMaxMicros)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    long keysPerSecond() {
        return acknowledged * 1_000 / Math.max(1, allMillis);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d keys acknowledged in %,d ms, %,d keys/s (the call returned after %,d ms); at most %,d waited, lag p50 %.0f ms,"
                        + " max %.0f ms; heap in use at most %,d MB; %,d unconfirmed",
                acknowledged,
                allMillis,
                keysPerSecond(),
                callMillis,
                peakQueue,
                lag50Micros / 1e3,
                lagMaxMicros / 1e3,
                peakHeap >> 20,
                unconfirmed);
    }
}
