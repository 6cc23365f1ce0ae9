package io.cacheaside.engine;

import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the marks of all writes have in common.
 *
 * @param ttl how long a mark stands after its last prolongation
 * @param tokens the last token given; none is given twice
 */
record Marks(
        CacheStore store, CacheListener listener, ScheduledExecutorService timer, Duration ttl, AtomicLong tokens) {

    Marks(CacheStore store, CacheListener listener, ScheduledExecutorService timer, Duration ttl) {
        this(
                store,
                listener,
                timer,
                ttl,
                new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 32, 1L << 62)));
    }

    /** The mark of one more write, on no key yet. */
    Mark next() {
        return new Mark(this, tokens.incrementAndGet());
    }
}
