package io.cacheaside.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The caches of which a read of this JVM declares tags. Nobody knows which of them a tag has keys in, so an unconfirmed
 * removal of any tag keeps this JVM from all of them. One for each engine; thread-safe.
 */
final class TaggedCaches {

    private final String prefix;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** {@code prefix} begins all keys of the engine. */
    TaggedCaches(String prefix) {
        this.prefix = prefix;
    }

    void add(String cache) {
        names.add(cache);
    }

    boolean contains(String cache) {
        return names.contains(cache);
    }

    /** What all keys that may have a tag begin with. */
    String prefix() {
        return prefix;
    }
}
