package io.cacheaside.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a flight ended.
 *
 * @param producedBy stamp of the operation that produced it, taken before that operation was sent
 * @param frame the value as stored, for each joiner to decode a value of its own; null where it could not be written
 * @param failure what the load threw; null where it returned
 * @param accepted whether FILL stored the value; completes when FILL was answered or has failed
 */
@SuppressWarnings("ArrayRecordComponent") // handed to readers, never compared
record FlightResult(
        long producedBy, byte @Nullable [] frame, @Nullable Throwable failure, CompletableFuture<Boolean> accepted) {

    static final CompletableFuture<Boolean> NOT_ACCEPTED = CompletableFuture.completedFuture(false);

    static FlightResult found(long producedBy, byte[] frame) {
        return new FlightResult(producedBy, frame, null, NOT_ACCEPTED);
    }

    static FlightResult loaded(long producedBy, byte @Nullable [] frame, CompletableFuture<Boolean> accepted) {
        return new FlightResult(producedBy, frame, null, accepted);
    }

    /** The leader gave up before it had anything. Serves nobody. */
    static FlightResult nothing() {
        return new FlightResult(Long.MIN_VALUE, null, null, NOT_ACCEPTED);
    }

    static FlightResult failed(long producedBy, Throwable failure) {
        return new FlightResult(producedBy, null, failure, NOT_ACCEPTED);
    }

    /** True for a caller that took its stamp before the producing operation was sent. */
    boolean servesCallerOf(long stamp) {
        return stamp < producedBy;
    }
}
