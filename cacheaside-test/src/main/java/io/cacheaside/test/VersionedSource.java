package io.cacheaside.test;

import io.cacheaside.engine.Loader;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of one row that holds a version number, with a replica that lags until it is told. Thread-safe. */
public final class VersionedSource {

    private final AtomicInteger version = new AtomicInteger(1);
    private final AtomicInteger replicated = new AtomicInteger(1);
    private final AtomicInteger loads = new AtomicInteger();

    /** Commits the next version. */
    public void commit() {
        version.incrementAndGet();
    }

    /** The row as a read sees it now. */
    public String current() {
        return "v" + version.get();
    }

    /** Brings the replica up to date. */
    public void replicate() {
        replicated.set(version.get());
    }

    /** A loader that reads the replica. */
    public Loader replica() {
        return () -> {
            loads.incrementAndGet();
            return "v" + replicated.get();
        };
    }

    /** How often the row was loaded. */
    public int loads() {
        return loads.get();
    }

    /** A loader that reads the row and returns it at once. */
    public Loader loader() {
        return () -> {
            loads.incrementAndGet();
            return current();
        };
    }

    /** A loader that reads the row and then stands at {@code gate} with what it has read. */
    public Loader heldAt(Gate gate) {
        return () -> {
            loads.incrementAndGet();
            String read = current();
            gate.pass();
            return read;
        };
    }
}
