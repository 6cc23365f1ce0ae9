package io.cacheaside.verification.history;

import io.cacheaside.verification.history.Operation.Kind;
import io.cacheaside.verification.history.documents.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notes the operations of one thread, 28 bytes each, in a buffer that goes to the JVM's file when it is full. The lock
 * is shared by the recorders of a file.
 */
@SuppressWarnings("EnumOrdinal") // read back by the same build
public final class Recorder {

    static final int BYTES = 28;
    private static final int BUFFERED = 4096;

    private final ByteBuffer buffer;
    private final FileChannel file;
    private final ReentrantLock lock;
    private final int jvm;
    private final boolean survives;

    private Recorder(FileChannel file, ReentrantLock lock, int jvm, boolean survives) {
        this.buffer = ByteBuffer.allocate(BYTES * BUFFERED);
        this.file = file;
        this.lock = lock;
        this.jvm = jvm;
        this.survives = survives;
    }

    /** A recorder that is fast. What it has not flushed is lost with its JVM. */
    static Recorder buffered(FileChannel file, ReentrantLock lock, int jvm) {
        return new Recorder(file, lock, jvm, false);
    }

    /** A recorder whose notes are there even if the JVM is killed the moment after; it also notes what was begun. */
    public static Recorder surviving(FileChannel file, int jvm) {
        return new Recorder(file, new ReentrantLock(), jvm, true);
    }

    /** A read. */
    public void read(int key, int version, long invoked, long returned) {
        note(Kind.READ, key, version, invoked, returned);
    }

    /** A write that made these versions, by key. */
    void write(Map<Integer, Integer> versions, long invoked, long returned) {
        note(Kind.WRITE, versions, invoked, returned);
    }

    void unconfirmed(Map<Integer, Integer> versions, long invoked, long returned) {
        note(Kind.UNCONFIRMED, versions, invoked, returned);
    }

    void begun(int key, Way way, long invoked) {
        if (survives) {
            note(Kind.BEGUN, key, way.ordinal(), invoked, invoked);
        }
    }

    /** The unconfirmed write of {@code version} was committed by {@code time}. */
    public void committed(int key, int version, long time) {
        note(Kind.COMMITTED, key, version, time, time);
    }

    /** An acknowledged removal of {@code keys}. */
    public void removed(Collection<Integer> keys, long sent, long acknowledged) {
        keys.forEach(key -> put(Kind.REMOVED, key, 0, sent, acknowledged));
        noted();
    }

    private void note(Kind kind, Map<Integer, Integer> versions, long invoked, long returned) {
        versions.forEach((key, version) -> put(kind, key, version, invoked, returned));
        noted();
    }

    private void note(Kind kind, int key, int version, long invoked, long returned) {
        put(kind, key, version, invoked, returned);
        noted();
    }

    private void put(Kind kind, int key, int version, long invoked, long returned) {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.putInt(jvm << 8 | kind.ordinal()).putInt(key).putInt(version);
        buffer.putLong(invoked).putLong(returned);
    }

    private void noted() {
        if (survives) {
            flush();
        }
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
        int jvmAndKind = noted.getInt();
        return new Operation(
                Kind.of(jvmAndKind & 0xff),
                jvmAndKind >> 8,
                noted.getInt(),
                noted.getInt(),
                noted.getLong(),
                noted.getLong());
    }
}
