package io.cacheaside.aspect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once per subject; further occurrences are told at debug level. */
final class Warnings {

    private static final Logger LOG = LoggerFactory.getLogger(CacheAsideAdvice.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** {@code subject} is one of a bounded number: a method, a template of a method. */
    void once(String subject, String message, @Nullable Object... arguments) {
        if (told.add(subject)) {
            LOG.warn(message, arguments);
        } else {
            LOG.debug(message, arguments);
        }
    }
}
