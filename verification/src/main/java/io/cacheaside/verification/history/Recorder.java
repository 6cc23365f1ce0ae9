package io.cacheaside.verification.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notes the operations of one thread, 24 bytes each, in a buffer that goes to the JVM's file when it is full. The lock
 * is shared by the recorders of a file.
 */
final class Recorder {

    static final int BYTES = 24;
    private static final int BUFFERED = 4096;

    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES * BUFFERED);
    private final FileChannel file;
    private final ReentrantLock lock;

    Recorder(FileChannel file, ReentrantLock lock) {
        this.file = file;
        this.lock = lock;
    }

    void read(int key, int version, long invoked, long returned) {
        note(key << 1, version, invoked, returned);
    }

    void write(int key, int version, long invoked, long returned) {
        note(key << 1 | 1, version, invoked, returned);
    }

    private void note(int keyAndKind, int version, long invoked, long returned) {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.putInt(keyAndKind).putInt(version).putLong(invoked).putLong(returned);
    }

    /** Writes what was noted. */
    void flush() {
        buffer.flip();
        lock.lock();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
        buffer.clear();
    }

    static Operation next(ByteBuffer noted) {
        int keyAndKind = noted.getInt();
        return new Operation((keyAndKind & 1) == 1, keyAndKind >>> 1, noted.getInt(), noted.getLong(), noted.getLong());
    }
}
