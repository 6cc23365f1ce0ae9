package io.cacheaside.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Warns once per condition, with the cause; further occurrences are told at debug level. Bounded. */
final class LogOnce {

    private static final int CONDITIONS = 1_000;

    private final Logger log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    LogOnce(Logger log) {
        this.log = log;
    }

    void warn(String condition, String message, @Nullable Object... arguments) {
        if (told.size() < CONDITIONS && told.add(condition)) {
            log.warn(message, arguments);
        } else {
            log.debug(message, arguments);
        }
    }

    /** The condition is over: its next occurrence is a warning again. */
    void over(String condition) {
        if (!told.isEmpty()) {
            told.remove(condition);
        }
    }
}
