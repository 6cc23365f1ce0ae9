package io.cacheaside.engine;

import java.util.Collection;
import java.util.List;

/**
 * What a write makes stale.
 *
 * @param keys that it names
 * @param groups of keys that it does not name one by one
 */
public record StaleSet(Collection<Stale> keys, Collection<StaleGroup> groups) {

    /** {@code keys} and nothing else. */
    public static StaleSet of(Collection<Stale> keys) {
        return new StaleSet(keys, List.of());
    }
}
