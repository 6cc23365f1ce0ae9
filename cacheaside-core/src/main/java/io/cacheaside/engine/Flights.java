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

    /** The open flight of {@code key}, or null. */
    @Nullable
    Flight joinable(String key) {
        return open.get(key);
    }

    /** A new open flight whose leader is the caller, or null where somebody else opened one meanwhile. */
    @Nullable
    Flight lead(String key, @Nullable Flight parent) {
        Flight mine = new Flight(key, holders.incrementAndGet(), parent);
        return open.putIfAbsent(key, mine) == null ? mine : null;
    }

    /** Nobody joins {@code flight} any more. Harmless when repeated. */
    void close(Flight flight) {
        open.remove(flight.key, flight);
    }
}
