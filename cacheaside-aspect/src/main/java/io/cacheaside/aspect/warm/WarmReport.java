package io.cacheaside.aspect.warm;

import io.cacheaside.policy.Durations;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of one run.
 *
 * @param sources each source, in their order; of a repeated one its last try
 * @param took from begin to end
 * @param end why it ended
 */
public record WarmReport(List<Source> sources, Duration took, End end) {

    /** Why a run ended. */
    public enum End {
        /** Every call was made. */
        DONE,
        /** The time was over; calls that were under way may still go on. */
        TIME_OVER,
        /** The warmer was closed or the thread interrupted. */
        STOPPED
    }

    /**
     * What became of one source.
     *
     * @param calls how many calls it told of
     * @param succeeded how many of them returned
     * @param failed how many of them threw
     * @param skipped how many of its lines or rows were no calls
     * @param failure why it counts as failed: it could not be read to its end, or none of its calls succeeded; else null
     */
    public record Source(
            String name,
            long calls,
            long succeeded,
            long failed,
            long skipped,
            @Nullable String failure) {

        @Override
        public String toString() {
            return name + ": " + succeeded + " of " + calls + " calls"
                    + (failed == 0 ? "" : ", " + failed + " failed")
                    + (skipped == 0 ? "" : ", " + skipped + " skipped")
                    + (failure == null ? "" : ", incomplete (" + failure + ")");
        }
    }

    /** A report with a copy of {@code sources}. */
    public WarmReport {
        sources = List.copyOf(sources);
    }

    /** True where every source was read to its end and every call made; single calls may have failed. */
    public boolean isComplete() {
        return end == End.DONE && sources.stream().allMatch(source -> source.failure == null);
    }

    /** How many calls returned. */
    public long succeeded() {
        return sources.stream().mapToLong(Source::succeeded).sum();
    }

    /** How many calls threw. */
    public long failed() {
        return sources.stream().mapToLong(Source::failed).sum();
    }

    @Override
    public String toString() {
        String ended = switch (end) {
            case DONE -> "done";
            case TIME_OVER -> "time over";
            case STOPPED -> "stopped";
        };
        return ended + " after " + Durations.format(took) + "; "
                + sources.stream().map(Source::toString).collect(Collectors.joining("; "));
    }
}
