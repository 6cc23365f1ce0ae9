package io.cacheaside.test;

import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A ticker that stands still until it is stepped. Thread-safe. */
public final class StepTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** Lets {@code step} pass. */
    public void step(Duration step) {
        nanos.addAndGet(step.toNanos());
    }
}
