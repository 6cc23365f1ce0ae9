package io.cacheaside.verification.fanout;

import io.cacheaside.spi.BackgroundQueue;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.verification.Percentiles;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of the keys, and samples queue and heap. */
final class FanOutWatch implements CacheListener {

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unconfirmed = new AtomicLong();
    private final AtomicLong peakQueue = new AtomicLong();
    private final AtomicLong peakHeap = new AtomicLong();
    private final Queue<Long> lagMicros = new ConcurrentLinkedQueue<>();
    private final int full;
    private volatile @Nullable BackgroundQueue queue;
    private boolean collected;

    /** Collects garbage once, as soon as {@code full} keys wait. */
    FanOutWatch(int full) {
        this.full = full;
    }

    @Override
    public void background(BackgroundQueue theirs) {
        queue = theirs;
    }

    @Override
    public void invalidated(String cache, int keys) {
        acknowledged.addAndGet(keys);
    }

    @Override
    public void invalidationUnconfirmed(String cache, int keys) {
        unconfirmed.addAndGet(keys);
    }

    @Override
    public void invalidatedLater(String cache, int keys, Duration lag) {
        lagMicros.add(lag.toNanos() / 1_000);
    }

    void reset() {
        collected = false;
        acknowledged.set(0);
        unconfirmed.set(0);
        peakQueue.set(0);
        peakHeap.set(0);
        lagMicros.clear();
    }

    /** To be called by one thread between two {@link #reset}s. */
    void sample() {
        BackgroundQueue asked = queue;
        int size = asked == null ? 0 : asked.size();
        peakQueue.accumulateAndGet(size, Math::max);
        if (size >= full && !collected) {
            collected = true;
            System.gc();
        }
        peakHeap.accumulateAndGet(heapAfterCollection(), Math::max);
    }

    private static long heapAfterCollection() {
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = pool.getCollectionUsage();
            used += pool.getType() == MemoryType.HEAP && after != null ? after.getUsed() : 0;
        }
        return used;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    Figures figures(long callMillis, long allMillis) {
        long[] lags = lagMicros.stream().mapToLong(Long::longValue).toArray();
        Percentiles lag = new Percentiles(lags.length == 0 ? new long[] {0} : lags);
        return new Figures(
                callMillis,
                allMillis,
                peakQueue.get(),
                peakHeap.get(),
                acknowledged.get(),
                unconfirmed.get(),
                lag.at(50),
                lag.at(100));
    }
}
