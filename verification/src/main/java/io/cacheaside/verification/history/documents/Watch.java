package io.cacheaside.verification.history.documents;

import io.cacheaside.spi.BackgroundQueue;
import io.cacheaside.spi.CacheListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts hits, and the invalidations of keys of the calling thread's write that were not acknowledged. */
final class Watch implements CacheListener {

    final LongAdder hits = new LongAdder();
    final ThreadLocal<AtomicInteger> unconfirmed = ThreadLocal.withInitial(AtomicInteger::new);
    final LongAdder allUnconfirmed = new LongAdder();
    volatile @Nullable BackgroundQueue queue;

    @Override
    public void hit(String cache) {
        hits.increment();
    }

    @Override
    public void background(BackgroundQueue theirs) {
        queue = theirs;
    }

    @Override
    public void invalidationUnconfirmed(String cache, int keys) {
        allUnconfirmed.add(keys);
        unconfirmed.get().addAndGet(keys);
    }
}
