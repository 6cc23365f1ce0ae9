package io.cacheaside.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The flights of this JVM that callers may still join, and the clock that orders callers and operations.
 *
 * <p>The clock counts operations that may produce a value (a method call, an ACQUIRE). A caller reads it when it
 * arrives, an operation advances it before it is sent. A result whose operation was stamped later than the caller was
 * therefore read from its source after the caller had begun: it contains every write that returned before that.
 */
final class Flights {

    private final ConcurrentHashMap<String, Flight> open = new ConcurrentHashMap<>();
    private final AtomicLong clock;
    private final AtomicLong holders;

    private Flights(AtomicLong clock, AtomicLong holders) {
        this.clock = clock;
        this.holders = holders;
    }

    /** An empty table whose flights hold leases as {@code firstHolder} and the numbers after it. */
    static Flights startingWith(long firstHolder) {
        return new Flights(new AtomicLong(), new AtomicLong(firstHolder));
    }

    /** Another empty table on the same clock. */
    Flights sibling() {
        return new Flights(clock, holders);
    }

    /** A caller's stamp. */
    long now() {
        return clock.get();
    }

    /** The stamp of an operation that is about to be sent. */
    long next() {
        return clock.incrementAndGet();
    }

    /** A flight that is not open yet. */
    Flight newFlight(String key, @Nullable Flight parent) {
        return new Flight(key, holders.incrementAndGet(), parent);
    }

    /** A holder of leases that is no other's. */
    long nextHolder() {
        return holders.incrementAndGet();
    }

    /** The open flight to join, or null where {@code mine} is open from now on and its maker leads it. */
    @Nullable
    Flight joinOrLead(Flight mine) {
        return open.putIfAbsent(mine.key, mine);
    }

    /** Nobody joins {@code flight} any more. Harmless when repeated. */
    void close(Flight flight) {
        open.remove(flight.key, flight);
    }
}
