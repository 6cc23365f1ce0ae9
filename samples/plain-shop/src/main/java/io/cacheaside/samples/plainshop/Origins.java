package io.cacheaside.samples.plainshop;

import io.cacheaside.spi.CacheListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How many reads the cache answered, and how many ran their method, since the last look. */
final class Origins implements CacheListener {

    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger loads = new AtomicInteger();

    /** What was read since the last look, which is then forgotten. */
    record Reads(int fromCache, int fromDatabase) {

        @Override
        public String toString() {
            return "%d from the cache, %d from the database".formatted(fromCache, fromDatabase);
        }
    }

    Reads look() {
        return new Reads(hits.getAndSet(0), loads.getAndSet(0));
    }

    @Override
    public void hit(String cache) {
        hits.incrementAndGet();
    }

    @Override
    public void load(String cache, Duration took, boolean failed) {
        loads.incrementAndGet();
    }
}
