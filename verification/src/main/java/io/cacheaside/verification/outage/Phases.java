package io.cacheaside.verification.outage;

import io.cacheaside.verification.Percentiles;
import java.util.List;
import java.util.Locale;

/**
 * The samples of one side in one outage.
 *
 * @param opened when the first read was told that Redis is not asked; {@code back} where none was
 * @param gone when Redis was gone
 * @param back when it was back
 */
record Phases(List<Sample> samples, long gone, long opened, long back) {

    private static final int ENOUGH = 100;

    List<Sample> before() {
        return between(Long.MIN_VALUE, gone);
    }

    List<Sample> untilOpen() {
        return between(gone, opened);
    }

    List<Sample> whileOpen() {
        return between(opened, back);
    }

    List<Sample> outage() {
        return between(gone, back);
    }

    List<Sample> after() {
        return between(back, Long.MAX_VALUE);
    }

    private List<Sample> between(long from, long to) {
        return samples.stream().filter(it -> it.at() >= from && it.at() < to).toList();
    }

    long failed() {
        return samples.stream().filter(it -> it.end() == Sample.End.FAILED).count();
    }

    long shed() {
        return samples.stream().filter(it -> it.end() == Sample.End.SHED).count();
    }

    /** The given percentile of the reads that began, in milliseconds; 0 where there are none. */
    static double millis(List<Sample> samples, double percent) {
        long[] nanos = samples.stream()
                .filter(it -> it.end() != Sample.End.SHED)
                .mapToLong(Sample::nanos)
                .toArray();
        return nanos.length == 0 ? 0 : new Percentiles(nanos).at(percent) / 1e6;
    }

    /**
     * Milliseconds from Redis' return to the first of {@value #ENOUGH} reads in a row that are as usual: answered, as fast as
     * before the outage (thrice the 99th percentile, and at least 20 ms), and half of them without a load. Infinite
     * where there are none.
     */
    double fullSpeedAfter() {
        double usual = Math.max(20, 3 * millis(before(), 99));
        List<Sample> after = after();
        int inARow = 0;
        for (int i = 0; i < after.size(); i++) {
            Sample sample = after.get(i);
            inARow = sample.isAnswered() && sample.nanos() / 1e6 <= usual ? inARow + 1 : 0;
            if (inARow >= ENOUGH) {
                List<Sample> row = after.subList(i + 1 - ENOUGH, i + 1);
                if (row.stream().filter(it -> it.end() == Sample.End.SERVED).count() >= ENOUGH / 2) {
                    return (row.get(0).at() - back) / 1e6;
                }
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** A line of the table. */
    static String line(String outage, String side, String phase, List<Sample> samples) {
        return String.format(
                Locale.ROOT,
                "%-7s %-11s %-12s %,7d %10d %7d %8.1f ms %8.1f ms %8.1f ms",
                outage,
                side,
                phase,
                samples.size(),
                samples.stream().filter(it -> it.end() == Sample.End.FAILED).count(),
                samples.stream().filter(it -> it.end() == Sample.End.SHED).count(),
                millis(samples, 50),
                millis(samples, 99),
                millis(samples, 100));
    }
}
