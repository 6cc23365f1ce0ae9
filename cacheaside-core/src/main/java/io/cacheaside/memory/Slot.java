package io.cacheaside.memory;

import io.cacheaside.entry.Frames;
import io.cacheaside.spi.SlotState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Value, lease and marks of one key, immutable; deadlines are the ticker's. */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
record Slot(byte @Nullable [] value, long valueEnd, long holder, long leaseEnd, boolean leased, Marks marks) {

    static final Slot EMPTY = new Slot(null, 0, 0, 0, false, Marks.NONE);

    Slot at(long now) {
        boolean hasValue = value != null && valueEnd - now > 0;
        boolean hasLease = leased && leaseEnd - now > 0;
        return new Slot(hasValue ? value : null, valueEnd, holder, leaseEnd, hasLease, marks.at(now));
    }

    boolean isEmpty() {
        return value == null && !leased && !marks.stand();
    }

    boolean heldBy(long other) {
        return leased && holder == other;
    }

    /** True where an ACQUIRE by {@code other} gives it the lease, whatever the value is. */
    boolean leasableBy(long other) {
        return !marks.stand() && (!leased || holder == other);
    }

    Slot withLease(long newHolder, long end) {
        return new Slot(value, valueEnd, newHolder, end, true, marks);
    }

    Slot withoutLease() {
        return new Slot(value, valueEnd, 0, 0, false, marks);
    }

    /**
     * After a FILL by its holder: without lease, and with the value unless it is marked. Frames of other versions stay
     * beside it and live no longer than they would have.
     */
    Slot filled(byte[] newValue, long end) {
        if (marks.stand()) {
            return withoutLease();
        }
        byte[] all = Frames.beside(newValue, value);
        boolean alone = all.length == newValue.length;
        return new Slot(all, alone || end - valueEnd < 0 ? end : valueEnd, 0, 0, false, marks);
    }

    /** With a value that ends at {@code end}, where there is one. */
    Slot touched(long end) {
        return new Slot(value, end, holder, leaseEnd, leased, marks);
    }

    /** True where a REPLACE by {@code other} stores. */
    boolean isFillableBy(long other) {
        return heldBy(other) && !marks.stand();
    }

    /** After a REPLACE by its holder: without lease, and with the new value alone. */
    Slot replaced(byte[] newValue, long end) {
        return new Slot(newValue, end, 0, 0, false, marks);
    }

    /** What stands around the value at {@code now}. */
    SlotState state(long now) {
        return new SlotState(
                value == null ? null : Duration.ofNanos(valueEnd - now),
                leased ? Duration.ofNanos(leaseEnd - now) : null,
                marks.left(now));
    }

    /** Without value and lease. */
    Slot removed(Marks left) {
        return new Slot(null, 0, 0, 0, false, left);
    }
}
