package io.cacheaside.codec;

import io.cacheaside.error.CodecException;

/**
 * What reading one payload may cost. Memory: at most {@value #PER_BYTE} bytes for each of the payload's and once more the
 * largest payload, at least 1 MB, all objects counted before they are made, at their size with references of four bytes. Time: so
 * many bytes hashed or compared. Both are counted while writing, too, with the same numbers, so that what was written can
 * be read.
 *
 * <p>Not counted: what constructors, {@code hashCode}, {@code equals} and {@code compareTo} of the application allocate.
 */
final class Budget {

    /** Allocated for each byte of the payload. */
    static final int PER_BYTE = 8;

    private static final int LEAST_SPARE = 1 << 20;

    /** Of the spare bytes: for a new session, an exception with a deep stack, the frame. */
    private static final int OWN = 1 << 18;

    private static final int COMPARED_PER_SPARE_BYTE = 16;
    private static final int COMPARED_PER_BYTE = 16;

    /** An iterator of a collection. */
    private static final int ITERATOR = 48;

    private final int spare;
    private long allocated;
    private long allocatable;
    private long compared;
    private long comparable;

    Budget(int maxPayload) {
        spare = Math.max(LEAST_SPARE, maxPayload);
    }

    /** Begins to count for a payload of {@code length} bytes. */
    void start(int length) {
        allocated = 0;
        compared = 0;
        limit(length);
    }

    /** The payload has turned out to have {@code length} bytes. */
    void finish(int length) {
        limit(length);
        charge(0);
        compare(0);
    }

    private void limit(int length) {
        allocatable = (long) PER_BYTE * length + spare - OWN;
        comparable = (long) COMPARED_PER_BYTE * length + (long) COMPARED_PER_SPARE_BYTE * spare;
    }

    /** {@code bytes} will be allocated. */
    void charge(long bytes) {
        allocated += bytes;
        if (allocated > allocatable) {
            throw new CodecException(
                    "the value takes too much memory for the size of its payload; a larger payload limit allows more");
        }
    }

    /** An array of {@code length} elements of {@code bytesEach} bytes will be allocated. */
    void chargeArray(int length, int bytesEach) {
        charge(24 + (long) length * bytesEach);
    }

    /** {@code bytes} will be hashed or compared. */
    void compare(long bytes) {
        compared += bytes;
        if (compared > comparable) {
            throw new CodecException("sets and maps within each other would take too long to fill");
        }
    }

    /** {@code times} collections will be iterated. */
    void iterate(long times) {
        charge(ITERATOR * times);
    }

    long allocated() {
        return allocated;
    }
}
