package io.cacheaside.aspect.warm;

import io.cacheaside.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source in one run: its calls, and what became of them. Read on one thread, called on many. */
final class SourceRun implements WarmSource.Calls {

    private static final Logger LOG = LoggerFactory.getLogger(CacheWarmer.class);

    /** Some hundred megabytes of arguments; nobody warms more before traffic is accepted. */
    private static final int MOST_CALLS = 1_000_000;

    private final String name;
    private final WarmSource source;
    private final Supplier<Duration> remaining;
    private final List<Runnable> calls = new ArrayList<>();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean failureTold = new AtomicBoolean();
    private long skipped;
    private @Nullable String unread;

    SourceRun(String name, WarmSource source, Supplier<Duration> remaining) {
        this.name = name;
        this.source = source;
        this.remaining = remaining;
    }

    /** The source's calls, to be run on any threads; what was told before it failed. */
    List<Runnable> read() {
        try {
            source.read(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unread = "interrupted";
        } catch (Exception | LinkageError e) {
            unread = e instanceof ConfigurationException ? e.getMessage() : e.toString();
            LOG.error("Warming: source '{}' failed after {} calls, which are made all the same", name, calls.size(), e);
        }
        return calls;
    }

    @Override
    public boolean add(WarmCall call, @Nullable Object[] arguments) {
        if (calls.size() >= MOST_CALLS) {
            unread = "only the first " + MOST_CALLS + " calls are made";
            LOG.error("Warming: source '{}' tells of more than {} calls; the others are not made", name, MOST_CALLS);
            return false;
        }
        calls.add(() -> make(call, arguments));
        return remaining.get().compareTo(Duration.ZERO) > 0;
    }

    @Override
    public void skip(String why) {
        if (skipped++ == 0) {
            LOG.warn("Warming: source '{}' skips {}; further ones are told at debug level", name, why);
        } else {
            LOG.debug("Warming: source '{}' skips {}", name, why);
        }
    }

    @Override
    public Duration remaining() {
        return remaining.get();
    }

    private void make(WarmCall call, @Nullable Object[] arguments) {
        try {
            call.make(arguments);
            succeeded.increment();
        } catch (Throwable e) {
            failed.increment();
            if (failureTold.compareAndSet(false, true)) {
                LOG.warn(
                        "Warming: source '{}': a call of {} failed; further ones are told at debug level",
                        name,
                        call.where(),
                        e);
            } else {
                LOG.debug("Warming: source '{}': a call of {} failed", name, call.where(), e);
            }
        }
    }

    WarmReport.Source report() {
        long returned = succeeded.sum();
        long threw = failed.sum();
        String failure = unread == null && returned == 0 && threw > 0 ? "none of its calls succeeded" : unread;
        return new WarmReport.Source(name, calls.size(), returned, threw, skipped, failure);
    }
}
