package io.cacheaside.spi;

import java.time.Duration;

/** The answer to {@link Leases#acquire}. */
public sealed interface LeaseAttempt {

    /** The lease is now the caller's. */
    record Taken() implements LeaseAttempt {
        /** The only value. */
        public static final Taken TAKEN = new Taken();
    }

    /** The key has a value; no lease was taken. The array is the receiver's. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Found(byte[] frame) implements LeaseAttempt {}

    /** Somebody else has the lease, for {@code remaining} at most unless it is renewed. */
    record Busy(Duration remaining) implements LeaseAttempt {}

    /** A mark stands on the key, so nothing may be stored: load without lease. */
    record Marked() implements LeaseAttempt {
        /** The only value. */
        public static final Marked MARKED = new Marked();
    }

    /** Nothing may be filled for now (a lease layout that this adapter does not know): load without lease. */
    record Refused(String reason) implements LeaseAttempt {}
}
