package io.cacheaside.spi;

/** A source of elapsed time; tests step their own. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since an arbitrary origin; only differences mean anything. */
    long nanos();

    /** The JVM's clock. */
    static Ticker system() {
        return System::nanoTime;
    }
}
