package io.cacheaside.verification.outage;

import io.cacheaside.verification.history.documents.Document;
import io.cacheaside.verification.history.documents.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows in a file that the instances share in their memory, so that the source of the loads is not what slows them down. A
 * load takes a given time; loads are counted.
 */
final class SlowRows extends Rows {

    /** One load. */
    record Load(long at, long nanos) {}

    private static final VarHandle NUMBER = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer versions;
    private final Duration pause;
    private final ThreadLocal<AtomicInteger> mine = ThreadLocal.withInitial(AtomicInteger::new);
    private final Map<Integer, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Collection<Load> loads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger most = new AtomicInteger();

    SlowRows(Path file, int keys, Duration pause) {
        super(new JdbcTemplate(), "", 0);
        this.pause = pause;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            versions = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) Integer.BYTES * keys)
                    .order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int version(int id) {
        return (int) NUMBER.getVolatile(versions, id * Integer.BYTES);
    }

    @Override
    public int raise(int id) {
        return (int) NUMBER.getAndAdd(versions, id * Integer.BYTES, 1) + 1;
    }

    @Override
    public Document find(int id) {
        long begun = System.nanoTime();
        AtomicInteger ofKey = underWay.computeIfAbsent(id, key -> new AtomicInteger());
        most.accumulateAndGet(ofKey.incrementAndGet(), Math::max);
        try {
            mine.get().incrementAndGet();
            LockSupport.parkNanos(pause.toNanos());
            return Document.of(id, version(id));
        } finally {
            ofKey.decrementAndGet();
            loads.add(new Load(begun, System.nanoTime() - begun));
        }
    }

    /** True where the calling thread has loaded something since it was last asked. */
    boolean hasLoaded() {
        return mine.get().getAndSet(0) > 0;
    }

    /** All loads since this was last called. */
    Collection<Load> takeLoads() {
        Collection<Load> taken = java.util.List.copyOf(loads);
        loads.clear();
        most.set(0);
        return taken;
    }

    /** How many loads of one key were under way at the same time at most, since {@link #takeLoads}. */
    int mostAtATime() {
        return most.get();
    }
}
