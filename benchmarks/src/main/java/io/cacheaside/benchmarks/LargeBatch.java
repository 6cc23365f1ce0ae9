package io.cacheaside.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** Batches of ten thousand ids, none of them cached, then all; run in a JVM of its own with little memory. */
final class LargeBatch {

    private static final int IDS = 10_000;
    private static final int SPLIT = 1_000;
    private static final int ROUNDS = 5;
    private static final long FIRST = 1L << 40;
    private static final double MEGABYTE = 1 << 20;

    private LargeBatch() {}

    /** Exit status 1 where an element was missed or the method was called more often than once a part. */
    public static void main(String[] address) throws InterruptedException {
        boolean passed = true;
        try (Cached cached = Cached.patient(address[0])) {
            cached.warmUp();
            for (int round = 0; round < ROUNDS; round++) {
                List<Long> ids = LongStream.range(FIRST + (long) round * IDS, FIRST + (long) (round + 1) * IDS)
                        .boxed()
                        .toList();
                boolean last = round == ROUNDS - 1;
                passed &= read(cached, ids, IDS / SPLIT, last ? "none cached" : "");
                passed &= read(cached, ids, 0, last ? "all cached" : "");
            }
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean read(Cached cached, List<Long> ids, int calls, String what) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        cached.products.calls.reset();
        long began = System.nanoTime();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Map<Long, Product> found = cached.products.findAll(ids);
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        long took = System.nanoTime() - began;
        if (!what.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d ids, %-12s %,6.0f ms, %d calls (one a part of %,d), %.1f KB allocated an id by its thread, heap at"
                            + " most %.0f MB of %.0f%n",
                    IDS,
                    what + ":",
                    took / 1e6,
                    cached.products.calls.sum(),
                    SPLIT,
                    allocated / 1024.0 / IDS,
                    heap().stream()
                                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                    .sum()
                            / MEGABYTE,
                    Runtime.getRuntime().maxMemory() / MEGABYTE);
        }
        return found.size() == IDS && cached.products.calls.sum() == calls;
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
