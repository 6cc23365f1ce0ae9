package io.cacheaside.verification.history;

/**
 * One finished read or write of one key.
 *
 * <p>The times are {@link System#nanoTime} of the JVM that did it. On Linux that is {@code CLOCK_MONOTONIC} of the
 * machine, so the times of several JVMs on one machine can be compared.
 *
 * @param version what the read returned or the write made; the versions of a key count up from 0
 * @param invoked taken before the call began
 * @param returned taken after it had returned
 */
record Operation(boolean isWrite, int key, int version, long invoked, long returned) {

    static Operation read(int key, int version, long invoked, long returned) {
        return new Operation(false, key, version, invoked, returned);
    }

    static Operation write(int key, int version, long invoked, long returned) {
        return new Operation(true, key, version, invoked, returned);
    }
}
