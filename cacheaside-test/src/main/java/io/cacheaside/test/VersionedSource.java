package io.cacheaside.test;

import io.cacheaside.engine.Loader;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of one row that holds a version number. Thread-safe. */
public final class VersionedSource {

    private final AtomicInteger version = new AtomicInteger(1);
    private final AtomicInteger loads = new AtomicInteger();

    /** Commits the next version. */
    public void commit() {
        version.incrementAndGet();
    }

    /** The row as a read sees it now. */
    public String current() {
        return "v" + version.get();
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
