package io.cacheaside.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One load of one key in this JVM: led by one caller, shared by the joiners.
 *
 * <p>{@code parent} and {@code waitingFor} draw the graph of flights that wait for each other: the first is the flight
 * whose load called this one's leader, the second the flight that this one's leader is waiting for.
 */
final class Flight {

    final String key;
    final long holder;
    final @Nullable Flight parent;
    private final CompletableFuture<FlightResult> result = new CompletableFuture<>();
    private volatile @Nullable Flight waitingFor;

    Flight(String key, long holder, @Nullable Flight parent) {
        this.key = key;
        this.holder = holder;
        this.parent = parent;
    }

    CompletableFuture<FlightResult> result() {
        return result;
    }

    void land(FlightResult landed) {
        result.complete(landed);
    }

    boolean isNested() {
        return parent != null;
    }

    /**
     * Notes that the load of this flight waits for {@code other}, and says whether that closes a circle: then nobody
     * in it could ever go on. Two callers that close a circle together may both be told so.
     */
    boolean waitsInCircle(Flight other) {
        for (Flight f = this; f != null; f = f.parent) {
            f.waitingFor = other;
        }
        for (Flight f = other; f != null; f = f.waitingFor) {
            if (isInMyStack(f)) {
                return true;
            }
        }
        return false;
    }

    void waitsNoMore() {
        for (Flight f = this; f != null; f = f.parent) {
            f.waitingFor = null;
        }
    }

    private boolean isInMyStack(Flight other) {
        for (Flight f = this; f != null; f = f.parent) {
            if (f == other) {
                return true;
            }
        }
        return false;
    }
}
