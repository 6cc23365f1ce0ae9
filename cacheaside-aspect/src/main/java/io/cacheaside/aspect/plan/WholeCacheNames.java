package io.cacheaside.aspect.plan;

import io.cacheaside.CacheAsideClient;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether there is a cache of the name that a write removes all keys of. A service that only writes reads none of them, so
 * a name that nobody knows is no mistake in itself; one that is nearly that of a known cache is. Each name is asked for once.
 */
final class WholeCacheNames {

    private static final Logger LOG = LoggerFactory.getLogger(WholeCacheNames.class);

    private final CacheAsideClient client;
    private final Map<String, String> unchecked = new ConcurrentHashMap<>();

    WholeCacheNames(CacheAsideClient client) {
        this.client = client;
    }

    /** A write at {@code where} removes all keys of {@code cache}. */
    void add(String cache, String where) {
        unchecked.putIfAbsent(cache, where);
    }

    /** All methods are seen: refuses what is probably misspelt, and tells of each other unknown name. */
    void check(Problems problems) {
        Set<String> known = known();
        unchecked.forEach((cache, where) -> {
            Optional<String> meant = known.contains(cache) ? Optional.empty() : Spelling.nearest(cache, known);
            meant.ifPresent(name -> {
                problems.add(where + " @Invalidate cache", refusal(cache, name));
                unchecked.remove(cache);
            });
        });
        tell();
    }

    private static String refusal(String cache, String meant) {
        return "no method seen reads cache '" + cache + "', and the configuration does not name it: '" + meant
                + "' is meant? Where another service does read '" + cache + "', say so with a setting of it: "
                + "cacheaside.caches." + cache + ".ttl, or the builder's cache(\"" + cache + "\", …)";
    }

    /** Tells of the names that nobody knows by now. */
    void tell() {
        Set<String> known = known();
        unchecked.forEach((cache, where) -> {
            unchecked.remove(cache);
            if (!known.contains(cache)) {
                LOG.warn(
                        "{} removes all keys of cache '{}', which no method seen reads and the configuration does not name; the"
                                + " caches are {}. Where another service reads it, a setting of it ends this warning:"
                                + " cacheaside.caches.{}.ttl, or the builder's cache(\"{}\", …)",
                        where,
                        cache,
                        known,
                        cache,
                        cache);
            }
        });
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>(client.knownCaches());
        known.addAll(client.configuredCaches());
        return known;
    }
}
