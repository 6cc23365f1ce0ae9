package io.cacheaside.aspect.warm;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.Durations;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.WarmMark;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the store was emptied, by a mark that stands there since the last run and is gone then. It is looked for now
 * and then, and at once when another master or another run of one answers: be a listener of the client for that. Off the
 * path of reads, on one thread of its own. Thread-safe.
 */
public final class FlushWatch implements CacheListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlushWatch.class);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final WarmMark mark;
    private final Duration every;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicBoolean expected = new AtomicBoolean();
    private volatile @Nullable Runnable emptied;

    /**
     * A watch that looks for {@code mark}; it does nothing before a {@link CacheWarmer} that it was given to
     * {@link CacheWarmer#watch watches}.
     *
     * @param every how often, 100ms to 1h
     * @throws ConfigurationException where {@code every} is out of that range
     */
    public FlushWatch(WarmMark mark, Duration every) {
        if (every.compareTo(Duration.ofMillis(100)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigurationException("look-for-flush = " + Durations.format(every) + " is not in [100ms, 1h]");
        }
        this.mark = mark;
        this.every = every;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "cacheaside-flush-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to look; {@code whenEmptied} runs on the watch's thread and may block. */
    void start(Runnable whenEmptied) {
        emptied = whenEmptied;
        timer.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** From now on a missing mark means that the store was emptied. */
    void expect() {
        expected.set(true);
    }

    /** Puts the mark. */
    void warmed() {
        expect();
        try {
            mark.set().get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("The mark of a warmed store could not be put: it will look emptied", e);
        }
    }

    /** True where the mark is known to be missing though it should be there. */
    boolean isEmptied() {
        try {
            boolean there = mark.isSet().get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (!there && expected.compareAndSet(false, true)) {
                warmed();
                return false;
            }
            expect();
            return !there;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("Whether the store was emptied cannot be told now", e);
        }
        return false;
    }

    @Override
    public void masterChanged() {
        if (emptied != null) {
            try {
                timer.execute(this::look);
            } catch (RejectedExecutionException closed) {
                LOG.debug("closed: nobody looks whether the store was emptied any more");
            }
        }
    }

    private void look() {
        Runnable then = emptied;
        if (then != null && isEmptied()) {
            then.run();
        }
    }

    /** Ends the watch, and interrupts what runs because of it. Harmless when repeated. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
