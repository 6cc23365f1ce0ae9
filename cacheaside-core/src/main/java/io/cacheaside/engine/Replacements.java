package io.cacheaside.engine;

import io.cacheaside.engine.Replacement.Keep;
import io.cacheaside.engine.Replacement.Step;
import io.cacheaside.engine.Replacement.Store;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.ThroughOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writes of one transaction, or one outside, store in the place of what they make stale. A key that two of them
 * name, or that is in a group that one of them removes, is only removed: nobody can say which result has seen the other write. Used by one thread at a time until it is
 * prepared, read-only from then on.
 */
final class Replacements {

    private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);

    private final CacheListener listener;
    private final Set<String> written = new HashSet<>();
    private final Set<KeyGroup> groups = new HashSet<>();
    private final Map<String, Replacement> offered = new HashMap<>();
    private final Map<String, Store> stores = new HashMap<>();

    Replacements(CacheListener listener) {
        this.listener = listener;
    }

    /** A write has ended that makes {@code stale} so. */
    void written(StaleSet stale, @Nullable Replacement replacement) {
        if (replacement != null) {
            offered.put(replacement.key(), replacement);
        }
        stale.keys().stream().map(Stale::key).filter(key -> !written.add(key)).forEach(this::contested);
        stale.groups().forEach(group -> groups.add(group.group()));
        if (!groups.isEmpty()) {
            offered.values().stream()
                    .filter(one -> KeyGroup.anyMayHold(groups, one.cache()))
                    .map(Replacement::key)
                    .toList()
                    .forEach(this::contested);
        }
    }

    private void contested(String key) {
        Replacement replacement = offered.remove(key);
        if (replacement != null) {
            removed(replacement);
        }
    }

    /** Nothing is stored. */
    void drop() {
        offered.values().forEach(Replacement::drop);
        offered.clear();
    }

    /** Decides on each replacement, and returns those of {@code targets} for which a command has to be sent. */
    List<Removing> prepare(List<Removing> targets) {
        Set<String> kept = new HashSet<>();
        for (Replacement replacement : offered.values()) {
            Step step = step(replacement);
            if (step instanceof Store store) {
                stores.put(replacement.key(), store);
            } else if (step == Keep.KEEP) {
                kept.add(replacement.key());
            } else {
                removed(replacement);
            }
        }
        offered.clear();
        return kept.isEmpty()
                ? targets
                : targets.stream()
                        .filter(target -> !kept.contains(target.key()))
                        .toList();
    }

    /** The removal must not fail for the sake of a value or of its version. */
    private static @Nullable Step step(Replacement replacement) {
        try {
            return replacement.prepare();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("{} is removed, because its new value could not be looked at", replacement.key(), e);
            return null;
        }
    }

    /** What REPLACE stores under {@code key}; null where that is removed. */
    @Nullable
    Store of(String key) {
        return stores.get(key);
    }

    /** Those of {@code prepared} in whose place nothing is stored. */
    List<Removing> removedOf(List<Removing> prepared) {
        return stores.isEmpty()
                ? prepared
                : prepared.stream()
                        .filter(target -> !stores.containsKey(target.key()))
                        .toList();
    }

    private void removed(Replacement replacement) {
        replacement.drop();
        listener.wroteThrough(replacement.cache(), ThroughOutcome.REMOVED);
    }
}
