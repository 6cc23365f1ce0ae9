package io.cacheaside.engine;

import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.Ticker;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The keys that wait for their removal in the background, each once, the oldest first, and not more than there is room for. Thread-safe. */
final class RemovalQueue {

    /** What is known of a key, or of several that came together. */
    record Queued(String cache, InvalidationPolicy policy, long since) {}

    private final int most;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition room = lock.newCondition();
    private final LinkedHashMap<String, Queued> queued = new LinkedHashMap<>();
    private volatile int size;
    private boolean closed;

    /** An empty one with room for {@code most} keys. */
    RemovalQueue(int most, Ticker ticker) {
        this.most = most;
        this.ticker = ticker;
    }

    /**
     * Adds the keys of {@code keys} from {@code from} on as far as there is room; one that is here keeps its place.
     *
     * @return where the first stands that found none
     */
    int offer(String cache, InvalidationPolicy policy, List<String> keys, int from) {
        lock.lock();
        try {
            Queued now = new Queued(cache, policy, ticker.nanos());
            int next = from;
            while (next < keys.size() && !closed && (queued.size() < most || queued.containsKey(keys.get(next)))) {
                queued.putIfAbsent(keys.get(next), now);
                next++;
            }
            return next;
        } finally {
            unlock();
        }
    }

    /** Waits for room, {@code nanos} at most; false where there is none, the queue is closed or the caller interrupted, which it stays. */
    boolean awaitRoom(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (queued.size() >= most && !closed && left > 0) {
                left = room.awaitNanos(left);
            }
            return queued.size() < most && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            unlock();
        }
    }

    /** Takes out the oldest, {@code limit} at most. */
    Map<String, Queued> take(int limit) {
        lock.lock();
        try {
            Map<String, Queued> taken = new LinkedHashMap<>();
            Iterator<Map.Entry<String, Queued>> oldest = queued.entrySet().iterator();
            while (oldest.hasNext() && taken.size() < limit) {
                Map.Entry<String, Queued> next = oldest.next();
                taken.put(next.getKey(), next.getValue());
                oldest.remove();
            }
            room.signalAll();
            return taken;
        } finally {
            unlock();
        }
    }

    /** Takes out what is here of {@code keys}. */
    void takeOut(Collection<String> keys) {
        lock.lock();
        try {
            keys.forEach(queued::remove);
            room.signalAll();
        } finally {
            unlock();
        }
    }

    /** Takes back what was {@linkplain #take taken}, room or not. */
    void putBack(Map<String, Queued> taken) {
        lock.lock();
        try {
            taken.forEach(queued::putIfAbsent);
        } finally {
            unlock();
        }
    }

    /** From now on nothing is added, and nobody waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            unlock();
        }
    }

    private void unlock() {
        size = queued.size();
        lock.unlock();
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The oldest; null where there is none. */
    @Nullable
    Queued oldest() {
        lock.lock();
        try {
            return queued.isEmpty() ? null : queued.values().iterator().next();
        } finally {
            lock.unlock();
        }
    }

    /** Some of the oldest keys. */
    List<String> some(int limit) {
        lock.lock();
        try {
            return queued.keySet().stream().limit(limit).toList();
        } finally {
            lock.unlock();
        }
    }
}
