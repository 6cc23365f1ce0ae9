package io.cacheaside.entry;

/** What the bytes of a slot say: a value, a remembered absence, or nothing that can be trusted. */
public sealed interface Lookup {

    /**
     * A value whose payload is {@code payloadLength} bytes of {@code frame} from {@code payloadOffset}. The frame is the very
     * array that was read, or of several frames in it a copy of the one; it must not change.
     *
     * @param createdMillis when it was filled, milliseconds since the epoch by the filling JVM's clock
     * @param softDeadlineMillis from when on it answers only where its load fails; {@link Frame#NO_DEADLINE} for never
     * @param loadCostNanos how long its load took, in steps of a microsecond
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Value(
            byte[] frame,
            int payloadOffset,
            int payloadLength,
            long createdMillis,
            long softDeadlineMillis,
            long loadCostNanos)
            implements Lookup {

        /** True from the soft deadline on, by this JVM's clock. */
        public boolean isExpired() {
            return softDeadlineMillis != Frame.NO_DEADLINE && System.currentTimeMillis() >= softDeadlineMillis;
        }
    }

    /** A negative entry: the source had no value at {@code createdMillis}. */
    record Absent(long createdMillis) implements Lookup {}

    /** Not a frame of ours, a damaged one, or one of another type; a miss. {@code cause} is one short constant word. */
    record Unreadable(String cause) implements Lookup {}
}
