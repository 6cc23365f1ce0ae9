package io.cacheaside.samples.shop;

import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** How often the pages came from where. The cache tells it on the thread that reads a page. */
final class CacheFigures implements CacheListener {

    private final LongAdder reads = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final ThreadLocal<Origin> origin = new ThreadLocal<>();

    /** Where a page came from. */
    enum Origin {
        CACHE,
        DATABASE,
        /** The database, asked by another request for the same page at the same time. */
        OTHER_REQUEST
    }

    /** A value, where it came from and how long that took. */
    record Observed<T>(T value, Origin origin, long micros) {}

    <T> Observed<T> observe(Supplier<T> read) {
        reads.increment();
        origin.set(Origin.DATABASE);
        long start = System.nanoTime();
        try {
            T value = read.get();
            if (origin.get() == Origin.CACHE) {
                hits.increment();
            }
            return new Observed<>(value, origin.get(), (System.nanoTime() - start) / 1_000);
        } finally {
            origin.remove();
        }
    }

    @Override
    public void hit(String cache) {
        origin.set(Origin.CACHE);
    }

    /** A second look may still find the page; where it does not, a load or a flight follows. */
    @Override
    public void miss(String cache) {
        origin.set(Origin.CACHE);
    }

    @Override
    public void load(String cache, Duration took, boolean failed) {
        origin.set(Origin.DATABASE);
    }

    @Override
    public void bypass(String cache, BypassReason reason) {
        origin.set(Origin.DATABASE);
    }

    @Override
    public void joined(String cache) {
        origin.set(Origin.OTHER_REQUEST);
    }

    long reads() {
        return reads.sum();
    }

    long hits() {
        return hits.sum();
    }
}
