package io.cacheaside.aspect.warm;

import io.cacheaside.aspect.warm.WarmReport.End;
import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls of annotated reads, so that their entries are stored before they are asked for. The entries are exactly those
 * that the reads make: what is stored already is a hit and is not loaded again, and several JVMs that warm the same load each
 * entry once. Thread-safe; runs come one after another.
 */
public final class CacheWarmer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheWarmer.class);

    private final Map<String, WarmSource> sources;
    private final WarmPolicy policy;
    private final Consumer<Duration> serving;
    private final List<WarmListener> listeners;
    private final @Nullable FlushWatch watch;
    private final ReentrantLock running = new ReentrantLock();
    private volatile @Nullable WarmRun run;
    private volatile boolean closed;

    private CacheWarmer(Builder builder) {
        this.sources = new LinkedHashMap<>(builder.sources);
        this.policy = builder.policy;
        this.serving = builder.serving;
        this.listeners = List.copyOf(builder.listeners);
        this.watch = builder.watch;
    }

    /** A builder; without sources a run has nothing to do. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns where no source is known to fail each time.
     *
     * @throws ConfigurationException with every mistake in the sources, each after {@code source '<name>': }
     */
    public void check() {
        List<String> problems = new ArrayList<>();
        sources.forEach((name, source) -> {
            try {
                source.check();
            } catch (ConfigurationException e) {
                e.problems().forEach(problem -> problems.add("source '" + name + "': " + problem));
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /**
     * Reads all sources, makes their calls and returns when they are made, the time is over or this was closed; what was
     * under way when the time was over goes on by itself. A source or a call that fails is reported, the others go on.
     * Progress is logged every five seconds. Waits for another run first. An interrupted thread stays interrupted.
     */
    public WarmReport warm() {
        running.lock();
        try {
            return closed ? new WarmReport(List.of(), Duration.ZERO, End.STOPPED) : warmAlone();
        } finally {
            running.unlock();
        }
    }

    /** Warms again whenever the {@link FlushWatch} finds the store emptied. Once at most. */
    public void watch() {
        FlushWatch flushes = watch;
        if (flushes != null) {
            flushes.start(() -> emptied(flushes));
        }
    }

    private void emptied(FlushWatch flushes) {
        if (running.tryLock()) {
            try {
                // a run may have ended since
                if (!closed && flushes.isEmptied()) {
                    LOG.warn("The store was emptied: warming again");
                    warmAlone();
                }
            } finally {
                running.unlock();
            }
        }
    }

    private WarmReport warmAlone() {
        WarmRun mine = new WarmRun(sources, policy, serving);
        run = mine;
        if (closed) {
            mine.stop();
        }
        if (watch != null) {
            watch.expect();
        }
        listeners.forEach(WarmListener::begun);
        WarmReport report = new WarmReport(List.of(), Duration.ZERO, End.STOPPED);
        try {
            LOG.info("Warming: begins with {}", sources.keySet());
            report = mine.run();
            if (report.isComplete()) {
                LOG.info("Warming: {}", report);
            } else {
                LOG.warn("Warming is not complete: {}", report);
            }
            if (watch != null && report.end() != End.STOPPED) {
                watch.warmed();
            }
        } finally {
            run = null;
            WarmReport last = report;
            listeners.forEach(listener -> listener.ended(last));
        }
        return report;
    }

    /** Stops a run that is under way, interrupting its calls; later ones may begin. */
    public void stop() {
        WarmRun current = run;
        if (current != null) {
            current.stop();
        }
    }

    /** As {@link #stop}, for good, and ends the watch. Harmless when repeated. */
    @Override
    public void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
        stop();
    }

    /** Collects the parts of a {@link CacheWarmer}. Not thread-safe. */
    public static final class Builder {

        private final Map<String, WarmSource> sources = new LinkedHashMap<>();
        private final List<WarmListener> listeners = new ArrayList<>();
        private WarmPolicy policy = WarmPolicy.DEFAULTS;
        private @Nullable FlushWatch watch;
        private Consumer<Duration> serving = bound -> {};
        private boolean checked = true;

        private Builder() {}

        /** One more source; {@code name} stands for it in logs and reports. Their calls are made in this order. */
        public Builder source(String name, WarmSource source) {
            sources.put(name, source);
            return this;
        }

        /** How to go about it; default {@link WarmPolicy#DEFAULTS}. */
        public Builder policy(WarmPolicy policy) {
            this.policy = policy;
            return this;
        }

        /** One more who is told of runs. */
        public Builder listener(WarmListener listener) {
            listeners.add(listener);
            return this;
        }

        /** What notices that the store was emptied; it is closed with the warmer. Default nothing. */
        public Builder flushWatch(FlushWatch watch) {
            this.watch = watch;
            return this;
        }

        /**
         * What waits until the store serves, such as {@code slots::awaitServing}, and throws a {@link ConfigurationException}
         * where it does not: then nothing is read and no call made, which would load for nothing. Default nothing.
         */
        public Builder awaitServing(Consumer<Duration> serving) {
            this.serving = serving;
            return this;
        }

        /** Leaves it to {@link CacheWarmer#check} to look at the sources, for who builds it before a database is there. */
        public Builder checkLater() {
            this.checked = false;
            return this;
        }

        /**
         * The warmer, after {@link CacheWarmer#check}; it does nothing by itself.
         *
         * @throws ConfigurationException with every mistake in the sources
         */
        public CacheWarmer build() {
            CacheWarmer warmer = new CacheWarmer(this);
            if (checked) {
                warmer.check();
            }
            return warmer;
        }
    }
}
