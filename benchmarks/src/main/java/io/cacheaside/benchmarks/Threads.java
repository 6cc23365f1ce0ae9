package io.cacheaside.benchmarks;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Threads of both kinds; this code is compiled for Java 17, so virtual ones are found by reflection. */
final class Threads {

    private Threads() {}

    static ThreadFactory platform() {
        return work -> {
            Thread thread = new Thread(work, "bench");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Nothing before Java 21. */
    static Optional<ThreadFactory> virtual() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(builder));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java should have virtual threads", e);
        }
    }
}
