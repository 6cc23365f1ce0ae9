package io.cacheaside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads many keys in parts, some at a time. The calling thread works as the others do and waits only for parts that somebody
 * has begun, so a run ends also where the executor has no thread for it.
 */
final class WarmRun<K> {

    private final List<List<K>> parts;
    private final Function<List<K>, Warmed> work;
    private final Consumer<? super Warmed> progress;
    private final long began = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final ReentrantLock counting = new ReentrantLock();
    private volatile boolean stopped;
    private volatile Warmed warmed;

    /**
     * A run that has not begun.
     *
     * @param most how many of {@code keys} make a part, at most
     * @param work reads one part and tells what became of it; must not throw
     * @param progress told after each part, one at a time, on the thread that has done it
     */
    WarmRun(List<K> keys, int most, Function<List<K>, Warmed> work, Consumer<? super Warmed> progress) {
        this.parts = parts(keys, most);
        this.work = work;
        this.progress = progress;
        this.left = new CountDownLatch(parts.size());
        this.warmed = new Warmed(keys.size(), 0, 0, 0, 0, null, Duration.ZERO);
    }

    private static <K> List<List<K>> parts(List<K> keys, int most) {
        List<List<K>> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += most) {
            parts.add(keys.subList(from, Math.min(keys.size(), from + most)));
        }
        return parts;
    }

    /** What became of it; less than all where the thread was interrupted, which stays set. */
    Warmed run(int concurrency, Executor others) {
        try {
            for (int i = 1; i < Math.min(concurrency, parts.size()); i++) {
                others.execute(this::work);
            }
        } catch (RejectedExecutionException full) {
            // then fewer threads do it
        }
        work();
        try {
            if (!stopped) {
                left.await();
            }
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
        return warmed;
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < parts.size() && !stopped; i = next.getAndIncrement()) {
            try {
                count(work.apply(parts.get(i)));
            } finally {
                left.countDown();
            }
            stopped |= Thread.currentThread().isInterrupted();
        }
    }

    private void count(Warmed part) {
        counting.lock();
        try {
            warmed = warmed.and(part, Duration.ofNanos(System.nanoTime() - began));
            progress.accept(warmed);
        } finally {
            counting.unlock();
        }
    }
}
