package io.cacheaside.redisson;

import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log how far a removal of very many keys has come, every few seconds, and of its end if it took so long. */
final class SweepProgress {

    private static final Logger LOG = LoggerFactory.getLogger(SweepProgress.class);
    private static final long PERIOD_NANOS = Duration.ofSeconds(5).toNanos();

    private final String what;
    private final Ticker ticker;
    private final long begin;
    private final AtomicLong told;
    private final AtomicLong names = new AtomicLong();
    private volatile int masters;

    /** That of the removal of {@code what}, which begins now. */
    SweepProgress(String what, Ticker ticker) {
        this.what = what;
        this.ticker = ticker;
        this.begin = ticker.nanos();
        this.told = new AtomicLong(begin);
    }

    /** A pass begins over so many of them. */
    void masters(int count) {
        masters = count;
    }

    /** So many leases or values have gone. */
    void removed(int count) {
        long all = names.addAndGet(count);
        long now = ticker.nanos();
        long last = told.get();
        if (now - last >= PERIOD_NANOS && told.compareAndSet(last, now)) {
            LOG.info(
                    "Removing {}: {} values and leases so far, on {} masters, in {} s",
                    what,
                    all,
                    masters,
                    seconds(now));
        }
    }

    /** All are gone. */
    void ended() {
        long now = ticker.nanos();
        if (now - begin >= PERIOD_NANOS) {
            LOG.info(
                    "Removed {}: {} values and leases, on {} masters, in {} s",
                    what,
                    names.get(),
                    masters,
                    seconds(now));
        } else {
            LOG.debug("Removed {}: {} values and leases, on {} masters", what, names.get(), masters);
        }
    }

    private long seconds(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(now - begin);
    }
}
