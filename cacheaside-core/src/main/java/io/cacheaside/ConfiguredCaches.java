package io.cacheaside;

import io.cacheaside.entry.Explanation.Origin;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What the configuration of one client says of each cache, and of which caches somebody has asked that. Thread-safe. */
final class ConfiguredCaches {

    private final CacheSettings defaults;
    private final Map<String, CacheSettings> caches;
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private volatile boolean usesOutbox;

    ConfiguredCaches(CacheSettings defaults, Map<String, CacheSettings> caches) {
        this.defaults = defaults;
        this.caches = Map.copyOf(caches);
    }

    /** As {@link CacheAsideClient#policyOf} has it, for a read that is there. */
    CachePolicy policyOf(String cache, CacheSettings declared) {
        read.add(cache);
        return policyFor(cache, declared);
    }

    /** The same for who only asks. */
    CachePolicy policyFor(String cache, CacheSettings declared) {
        return CachePolicy.of(cache, of(cache).orElse(declared).orElse(defaults));
    }

    /** As {@link CacheAsideClient#invalidationOf} has it. */
    InvalidationPolicy invalidationOf(String cache, InvalidationPolicy declared) {
        written.add(cache);
        CacheSettings configured = of(cache).orElse(defaults);
        InvalidationPolicy within =
                declared.within(CachePolicy.of(cache, configured).invalidateTimeout());
        InvalidationPolicy policy = Boolean.TRUE.equals(configured.durable()) ? within.withNote() : within;
        usesOutbox = usesOutbox || policy.durable();
        return policy;
    }

    /** Who says the TTL of {@code cache} where an annotation, or a handle, says {@code declared}. */
    Origin originOfTtl(String cache, CacheSettings declared) {
        if (of(cache).ttl() != null) {
            return Origin.CONFIGURED;
        }
        if (declared.ttl() != null) {
            return Origin.DECLARED;
        }
        return defaults.ttl() != null ? Origin.DEFAULTS : Origin.BUILT_IN;
    }

    private CacheSettings of(String cache) {
        return caches.getOrDefault(cache, CacheSettings.NONE);
    }

    /** Names of those whose policy was asked for. */
    Set<String> read() {
        return Set.copyOf(read);
    }

    /** Names of those whose invalidation was asked for. */
    Set<String> written() {
        return Set.copyOf(written);
    }

    /** Names of those that are read here or that the configuration mentions, in order. */
    Set<String> known() {
        Set<String> known = new TreeSet<>(read);
        known.addAll(caches.keySet());
        return known;
    }

    /** Names of those that the configuration mentions. */
    Set<String> names() {
        return caches.keySet();
    }

    /** True once a durable invalidation was asked for. */
    boolean usesOutbox() {
        return usesOutbox;
    }
}
