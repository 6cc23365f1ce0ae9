package io.cacheaside;

import io.cacheaside.policy.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far a warming has come, or what became of it.
 *
 * @param keys how many there are, each once
 * @param present of them had a value, or a remembered absence, without being loaded here: cached, or loaded by somebody else
 * @param loaded of them were loaded here and have a value
 * @param absent of them were loaded here and have none
 * @param failed of them were in a batch whose loader threw
 * @param failure what the first of these threw; null where none has
 * @param took until now
 */
public record Warmed(
        int keys,
        int present,
        int loaded,
        int absent,
        int failed,
        @Nullable Throwable failure,
        Duration took) {

    /** How many keys are dealt with. */
    public int done() {
        return present + loaded + absent + failed;
    }

    /** True where all keys are dealt with, and none of them failed. */
    public boolean isComplete() {
        return done() == keys && failed == 0;
    }

    /** This with what became of some more of the same {@code keys}, after {@code now}. */
    Warmed and(Warmed part, Duration now) {
        return new Warmed(
                keys,
                present + part.present,
                loaded + part.loaded,
                absent + part.absent,
                failed + part.failed,
                failure == null ? part.failure : failure,
                now);
    }

    /** One line. */
    @Override
    public String toString() {
        return done() + " of " + keys + " keys after " + Durations.format(took.truncatedTo(ChronoUnit.MILLIS)) + ": "
                + present + " present, " + loaded + " loaded, " + absent + " absent, " + failed + " failed"
                + (failure == null ? "" : " (" + failure + ")");
    }
}
