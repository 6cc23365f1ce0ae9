package io.cacheaside.aspect.warm;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a run has come.
 *
 * @param done calls that returned or threw
 * @param total calls to make in all
 * @param failed calls that threw
 * @param elapsed since the first call began
 */
record Progress(long done, long total, long failed, Duration elapsed) {

    /** Calls a second until now. */
    double rate() {
        return done / Math.max(1e-9, elapsed.toNanos() / 1e9);
    }

    /** How much longer it takes at this rate; a day where nothing is done yet. */
    Duration left() {
        return done == 0 ? Duration.ofDays(1) : Duration.ofMillis(Math.round(1_000 * (total - done) / rate()));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d calls (%d %%), %,.0f/s, %,d failed, %s left",
                done,
                total,
                total == 0 ? 100 : 100 * done / total,
                rate(),
                failed,
                done == 0 ? "unknown time" : seconds(left()));
    }

    private static String seconds(Duration left) {
        long seconds = left.plusMillis(999).toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
