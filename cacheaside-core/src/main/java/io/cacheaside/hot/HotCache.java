package io.cacheaside.hot;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The sketch of one cache's calls since it was last drained. Thread-safe; nobody waits to be counted. */
final class HotCache {

    private final String name;
    private final int size;
    private final ReentrantLock lock = new ReentrantLock();
    private SpaceSaving<String> sketch;

    HotCache(String name, int size) {
        this.name = name;
        this.size = size;
        this.sketch = new SpaceSaving<>(size);
    }

    String name() {
        return name;
    }

    /** Counts a call; not where somebody else is just counting: it is a sample anyway. */
    void add(String line) {
        if (lock.tryLock()) {
            try {
                sketch.add(line);
            } finally {
                lock.unlock();
            }
        }
    }

    /** What was counted, which then begins anew. */
    Map<String, Long> drain() {
        SpaceSaving<String> full;
        lock.lock();
        try {
            full = sketch;
            sketch = new SpaceSaving<>(size);
        } finally {
            lock.unlock();
        }
        return full.counts();
    }
}
