package io.cacheaside.engine;

import io.cacheaside.spi.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Warns (or tells an error) once per condition and then tells it at debug level, until the condition has not occurred for a minute: then it
 * is a new one. Bounded. Thread-safe; two threads that meet a new condition together may both warn.
 */
final class LogOnce {

    private static final int CONDITIONS = 1_000;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final Ticker ticker;
    private final Map<String, Long> lastSeen = new ConcurrentHashMap<>();

    LogOnce(Logger log) {
        this(log, Ticker.system());
    }

    LogOnce(Logger log, Ticker ticker) {
        this.log = log;
        this.ticker = ticker;
    }

    void warn(String condition, String message, @Nullable Object... arguments) {
        if (isNew(condition)) {
            log.warn(message, arguments);
        } else {
            log.debug(message, arguments);
        }
    }

    /** As {@link #warn}, at error level. */
    void error(String condition, String message, @Nullable Object... arguments) {
        if (isNew(condition)) {
            log.error(message, arguments);
        } else {
            log.debug(message, arguments);
        }
    }

    private boolean isNew(String condition) {
        long now = ticker.nanos();
        if (lastSeen.size() >= CONDITIONS && !lastSeen.containsKey(condition)) {
            return false;
        }
        Long last = lastSeen.put(condition, now);
        return last == null || now - last > QUIET_NANOS;
    }
}
