package io.cacheaside.test;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import java.time.Duration;

/** The store and the leases of one adapter, which the contract suites examine. */
public interface SlotsUnderTest extends AutoCloseable {

    /** The values of the slots. */
    CacheStore store();

    /** The leases of the same slots. */
    Leases leases();

    /** Lets at least {@code time} pass on the clock that lifetimes are measured with. May return before it has. */
    void elapse(Duration time);

    @Override
    default void close() {}
}
