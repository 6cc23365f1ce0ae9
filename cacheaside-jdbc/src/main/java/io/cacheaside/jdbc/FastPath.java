package io.cacheaside.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the writers of this JVM tell the relay's thread: rows that are delivered already and only have to be deleted, and
 * that there are some which are not. Bounded: what does not fit is delivered once more.
 */
final class FastPath {

    private static final int BOUND = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Queue<UUID> delivered = new ArrayDeque<>();
    private boolean undelivered;
    private boolean closed;

    void delivered(List<UUID> ids) {
        tell(() -> {
            if (!closed && delivered.size() + ids.size() <= BOUND) {
                delivered.addAll(ids);
            }
        });
    }

    void undelivered() {
        tell(() -> undelivered = true);
    }

    void open() {
        tell(() -> closed = false);
    }

    void close() {
        tell(() -> closed = true);
    }

    private void tell(Runnable change) {
        lock.lock();
        try {
            change.run();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@code nanos}; less where there is something to delete or to deliver, or this is closed. */
    void await(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed && !undelivered && delivered.isEmpty()) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@code millis}, less only where this is closed: more rows may be told meanwhile. */
    void linger(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !closed) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** At most {@code limit} rows to delete, taken out. */
    List<UUID> takeDelivered(int limit) {
        lock.lock();
        try {
            List<UUID> taken = new ArrayList<>();
            while (taken.size() < limit && !delivered.isEmpty()) {
                taken.add(delivered.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean hasDelivered() {
        lock.lock();
        try {
            return !delivered.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** True once after {@link #undelivered}. */
    boolean takeUndelivered() {
        lock.lock();
        try {
            boolean told = undelivered;
            undelivered = false;
            return told;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
