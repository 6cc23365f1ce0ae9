package io.cacheaside.engine;

import io.cacheaside.engine.RemovalQueue.Queued;
import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.BackgroundQueue;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes keys some time after their write, in batches, at a bounded rate.
 *
 * <ol>
 *   <li>A key is queued after its write's end and leaves the queue before the command that removes it is sent: that command
 *       covers the writes of all who have brought the key until then. Who brings it later, also while that command is under
 *       way, queues it anew.
 *   <li>One batch is under way at a time. What of it is not acknowledged goes to the journal.
 *   <li>Who finds no room in the queue waits for it, as long as a writer waits for the store, and then removes its keys
 *       itself; at once where it is interrupted or the client is being closed. So nothing is lost, and a call is never held up
 *       longer for a batch of its keys than twice that time.
 *   <li>Who removes a queued key at once takes it out of the queue first: from then on the removal is that writer's, and
 *       acknowledged or in the journal.
 * </ol>
 */
final class BackgroundRemovals implements BackgroundQueue {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRemovals.class);
    private static final Duration LAST_DEADLINE = Duration.ofSeconds(1);
    private static final Duration PROGRESS = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int BATCH = 1_000;
    private static final int BATCHES_A_SECOND = 10;
    private static final int KEYS_TOLD = 20;

    private final Replay replay;
    private final CacheListener listener;
    private final ScheduledExecutorService timer;
    private final Ticker ticker;
    private final RemovalQueue queue;
    private final int batchSize;
    private final double nanosPerKey;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable RemovalBatch underWay;
    private CompletableFuture<?> ended = CompletableFuture.completedFuture(null);
    private boolean scheduled;
    private boolean closed;
    private long notBefore;

    BackgroundRemovals(
            Replay replay,
            CacheListener listener,
            ScheduledExecutorService timer,
            Ticker ticker,
            BackgroundPolicy policy) {
        this.replay = replay;
        this.listener = listener;
        this.timer = timer;
        this.ticker = ticker;
        this.queue = new RemovalQueue(policy.queueSize(), ticker);
        int rate = policy.rate();
        this.batchSize = rate == 0 ? BATCH : Math.max(1, Math.min(BATCH, rate / BATCHES_A_SECOND));
        this.nanosPerKey = rate == 0 ? 0 : (double) TimeUnit.SECONDS.toNanos(1) / rate;
        this.notBefore = ticker.nanos();
    }

    /**
     * Queues {@code keys} of {@code cache}, whose write is over, and waits for room where there is none. They are iterated
     * once and not kept.
     *
     * @param atOnce removes what has found no room, without the queue
     */
    void add(String cache, Iterable<String> keys, InvalidationPolicy policy, Consumer<List<Removing>> atOnce) {
        List<String> some = new ArrayList<>();
        for (String key : keys) {
            some.add(Objects.requireNonNull(key, "a key of the cache '" + cache + "' is null"));
            if (some.size() == BATCH) {
                addSome(cache, some, policy, atOnce);
                some.clear();
            }
        }
        addSome(cache, some, policy, atOnce);
    }

    private void addSome(String cache, List<String> keys, InvalidationPolicy policy, Consumer<List<Removing>> atOnce) {
        int added = addWithin(policy.timeout().toNanos(), cache, policy, keys);
        if (added < keys.size()) {
            atOnce.accept(keys.subList(added, keys.size()).stream()
                    .distinct()
                    .map(key -> Removing.unmarked(new Stale(cache, key, policy)))
                    .toList());
        }
    }

    private int addWithin(long nanos, String cache, InvalidationPolicy policy, List<String> keys) {
        int added = queue.offer(cache, policy, keys, 0);
        soon();
        long end = System.nanoTime() + nanos;
        while (added < keys.size() && queue.awaitRoom(end - System.nanoTime())) {
            int before = added;
            added = queue.offer(cache, policy, keys, before);
            soon();
            if (added > before) {
                end = System.nanoTime() + nanos;
            }
        }
        return added;
    }

    /** {@code removed} are about to be removed at once (4). */
    void takeOut(Collection<Removing> removed) {
        if (!queue.isEmpty()) {
            queue.takeOut(removed.stream().map(Removing::key).toList());
        }
    }

    /** What is queued is sent when its time comes. */
    private void soon() {
        lock.lock();
        try {
            if (!scheduled && !closed && underWay == null && !queue.isEmpty()) {
                timer.schedule(this::sendNext, Math.max(0, notBefore - ticker.nanos()), TimeUnit.NANOSECONDS);
                scheduled = true;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The client is being closed, which sends what is queued", e);
        } finally {
            lock.unlock();
        }
    }

    private void sendNext() {
        lock.lock();
        try {
            scheduled = false;
            RemovalBatch batch = closed ? null : take(batchSize);
            if (batch == null) {
                return;
            }
            notBefore = ticker.nanos() + (long) (nanosPerKey * batch.size());
            ended = batch.send(replay, batch.timeout()).handle((done, failure) -> {
                sent(batch, failure);
                return null;
            });
        } finally {
            lock.unlock();
        }
    }

    private void sent(RemovalBatch batch, @Nullable Throwable failure) {
        try {
            List<Removing> left = batch.left(failure, listener, ticker.nanos());
            if (!left.isEmpty()) {
                replay.unconfirmed(left, failure instanceof CompletionException ? failure.getCause() : failure);
            }
        } finally {
            underWay = null;
            soon();
        }
    }

    /** Null where nothing is queued. Whoever asks for the age sees the keys in the queue or in the batch. */
    private @Nullable RemovalBatch take(int limit) {
        lock.lock();
        try {
            Map<String, Queued> keys = queue.take(limit);
            RemovalBatch batch = keys.isEmpty() ? null : RemovalBatch.of(keys, replay, listener);
            underWay = batch;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        return queue.size();
    }

    @Override
    public Duration age() {
        lock.lock();
        try {
            RemovalBatch sent = underWay;
            Queued oldest = sent == null ? queue.oldest() : sent.oldest();
            return oldest == null ? Duration.ZERO : Duration.ofNanos(ticker.nanos() - oldest.since());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more keys and sends those that wait, without regard to the rate, until all are acknowledged or the store has
     * acknowledged none for {@code patience}. Logs what is left.
     */
    void close(Duration patience) {
        stop(patience);
        if (!queue.isEmpty()) {
            LOG.info("{} invalidations in the background are sent before the client is closed", queue.size());
        }
        long told = System.nanoTime();
        long achieved = told;
        while (!queue.isEmpty() && System.nanoTime() - achieved < patience.toNanos()) {
            if (drainBatch()) {
                achieved = System.nanoTime();
            } else {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            if (System.nanoTime() - told >= PROGRESS.toNanos()) {
                told = System.nanoTime();
                LOG.info("{} invalidations in the background are left", queue.size());
            }
        }
        if (!queue.isEmpty()) {
            LOG.error(
                    "Closed with {} invalidations in the background not acknowledged, among them {}. Nobody repeats them:"
                            + " readers may see old values of them until their TTL ends",
                    queue.size(),
                    queue.some(KEYS_TOLD));
        }
    }

    /** From its end on nobody sends but the caller. */
    private void stop(Duration patience) {
        queue.close();
        CompletableFuture<?> last;
        lock.lock();
        try {
            closed = true;
            last = ended;
        } finally {
            lock.unlock();
        }
        Waiting.answer(last, patience.toNanos());
        RemovalBatch late = underWay;
        if (late != null) {
            takeBack(late, late.sending().giveUp());
        }
    }

    /** Sends one batch, and takes back what is not acknowledged; true where something was. */
    private boolean drainBatch() {
        RemovalBatch batch = take(BATCH);
        if (batch == null) {
            return true;
        }
        Throwable failure = batch.send(replay, LAST_DEADLINE)
                .handle((done, failed) -> failed)
                .join();
        List<Removing> left = batch.left(failure, listener, ticker.nanos());
        takeBack(batch, left);
        return left.size() < batch.size();
    }

    private void takeBack(RemovalBatch batch, List<Removing> left) {
        underWay = null;
        queue.putBack(batch.of(left));
    }
}
