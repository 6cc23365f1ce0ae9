package io.cacheaside.verification.history;

/**
 * What one JVM did to one key.
 *
 * <p>The times are {@link System#nanoTime} of the JVM that did it. On Linux that is {@code CLOCK_MONOTONIC} of the
 * machine, so the times of several JVMs on one machine can be compared.
 *
 * @param jvm the number of the JVM
 * @param version what the read returned or the write made; the versions of a key count up from 0
 * @param invoked taken before the call began
 * @param returned taken after it had returned
 */
public record Operation(Kind kind, int jvm, int key, int version, long invoked, long returned) {

    /** What it was. */
    public enum Kind {
        /** A read that returned. */
        READ,
        /** A write whose removal was acknowledged before it returned. */
        WRITE,
        /** A write that returned without an acknowledgement. */
        UNCONFIRMED,
        /** The beginning of a write; the ordinal of its way stands for the version. */
        BEGUN,
        /** A moment at which an unconfirmed write was committed, before it sent its own removal. */
        COMMITTED,
        /** A removal of the key, from its sending to its acknowledgement. */
        REMOVED;

        private static final Kind[] ALL = values();

        static Kind of(int ordinal) {
            return ALL[ordinal];
        }
    }

    /** A read in JVM 0. */
    public static Operation read(int key, int version, long invoked, long returned) {
        return new Operation(Kind.READ, 0, key, version, invoked, returned);
    }

    /** A write in JVM 0. */
    public static Operation write(int key, int version, long invoked, long returned) {
        return new Operation(Kind.WRITE, 0, key, version, invoked, returned);
    }

    /** The same in JVM {@code other}. */
    public Operation in(int other) {
        return new Operation(kind, other, key, version, invoked, returned);
    }

    /** True for a write that happened, however it ended. */
    public boolean isWrite() {
        return kind == Kind.WRITE || kind == Kind.UNCONFIRMED;
    }
}
