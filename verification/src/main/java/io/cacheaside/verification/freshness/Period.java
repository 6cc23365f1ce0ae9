package io.cacheaside.verification.freshness;

import io.cacheaside.verification.Percentiles;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What one way showed. Times of reads in microseconds, each of the way itself and of the lasting entry, read by turns.
 *
 * @param loads all of them, in the order in which they began; the first one stored the first entry
 * @param misses of reads after that
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Period(FreshnessPlan plan, Way way, List<Load> loads, int misses, long[] reads, long[] plain) {

    private static final double EULER = 0.5772156649;
    private static final long MOST_MICROS = 2_000;

    /** Loads begin and frames are stamped on clocks of whole milliseconds. */
    private static final long ROUNDING = 5;

    Period {
        loads = loads.stream().sorted(Comparator.comparingLong(Load::began)).toList();
    }

    /** How often the entry was replaced. */
    int expiries() {
        return loads.size() - 1 - repeated();
    }

    /** Loads that began although the one before had stored an entry that was not due, or had not ended yet. */
    int repeated() {
        long soonest = way == Way.AHEAD ? plan.ttl().toMillis() - plan.windowMillis() - ROUNDING : 0;
        return (int) IntStream.range(1, loads.size())
                .filter(i -> loads.get(i).began() < loads.get(i - 1).ended() + soonest)
                .count();
    }

    double loadsPerExpiry() {
        return (loads.size() - 1) / (double) Math.max(1, expiries());
    }

    /** How long before the end of an entry its successor began to be loaded, on average. */
    double meanAheadMillis() {
        return IntStream.range(1, loads.size())
                .mapToLong(i -> loads.get(i - 1).ended()
                        + plan.ttl().toMillis()
                        - loads.get(i).began())
                .average()
                .orElse(0);
    }

    private double scale() {
        return plan.beta()
                * loads.stream()
                        .mapToLong(load -> load.ended() - load.began())
                        .average()
                        .orElse(0);
    }

    /** The same by the formula of XFetch. */
    double formulaMillis() {
        return scale() * (Math.log(plan.rate() / 1_000.0 * scale()) + EULER);
    }

    /** Three standard deviations of a mean of so many, and a moment for a busy machine. */
    double toleranceMillis() {
        return 3 * scale() * Math.PI / Math.sqrt(6) / Math.sqrt(Math.max(1, loads.size() - 1)) + 2 * ROUNDING;
    }

    long behindPlainMicros() {
        return new Percentiles(reads).at(99) - new Percentiles(plain).at(99);
    }

    boolean isNeverWaitedFor() {
        return misses == 0 && behindPlainMicros() <= MOST_MICROS;
    }

    boolean isLoadedOnce() {
        return repeated() == 0 && expiries() >= plan.expiries();
    }

    boolean isNearTheFormula() {
        return way != Way.XFETCH || Math.abs(meanAheadMillis() - formulaMillis()) <= toleranceMillis();
    }

    /** The way without refresh is there to compare with. */
    boolean passed() {
        return way == Way.EXPIRING || isNeverWaitedFor() && isLoadedOnce() && isNearTheFormula();
    }

    @Override
    public String toString() {
        Percentiles own = new Percentiles(reads);
        Percentiles lasting = new Percentiles(plain);
        return String.format(
                Locale.ROOT,
                "%-9s %6d reads, p50 %.2f ms, p99 %.2f ms, max %.1f ms; plain hits p50 %.2f ms, p99 %.2f ms; %d misses;"
                        + " %d expiries, %.2f loads each%s%s",
                way.cache(),
                reads.length,
                own.at(50) / 1e3,
                own.at(99) / 1e3,
                own.at(100) / 1e3,
                lasting.at(50) / 1e3,
                lasting.at(99) / 1e3,
                misses,
                expiries(),
                loadsPerExpiry(),
                ahead(),
                passed() ? "" : "  <- wrong");
    }

    private String ahead() {
        return switch (way) {
            case LASTING, EXPIRING -> "";
            case AHEAD -> String.format(Locale.ROOT, ", begun %.0f ms before the end", meanAheadMillis());
            case XFETCH ->
                String.format(
                        Locale.ROOT,
                        ", begun %.0f ms before the end, by the formula %.0f ± %.0f ms (and %.1f loads each without a lease)",
                        meanAheadMillis(),
                        formulaMillis(),
                        toleranceMillis(),
                        Math.exp(1 / plan.beta()));
        };
    }
}
