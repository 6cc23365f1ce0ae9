package io.cacheaside.engine;

import io.cacheaside.policy.InvalidationPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/**
 * A key that a write makes stale.
 *
 * @param cache name of its cache
 * @param key complete key
 */
public record Stale(String cache, String key, InvalidationPolicy policy) {

    /** Refuses a null key here, where its writer learns of it: later on it would take the other keys of its write along. */
    public Stale {
        Objects.requireNonNull(key, "a key of the cache '" + cache + "' is null");
    }

    /** A key that is removed after the write and nothing else. */
    public static Stale plain(String cache, String key) {
        return new Stale(cache, key, InvalidationPolicy.PLAIN);
    }

    /** Each key once, in order of appearance, under what all its mentions ask for together. */
    static List<Stale> merged(Collection<Stale> all) {
        Map<String, Stale> byKey = new LinkedHashMap<>();
        for (Stale stale : all) {
            byKey.merge(stale.key(), stale, Stale::and);
        }
        return List.copyOf(byKey.values());
    }

    /** This key under what it and {@code other}, which names the same key, ask for together. */
    Stale and(Stale other) {
        return new Stale(cache, key, policy.and(other.policy));
    }

    /** How long an acknowledgement of all of {@code all} is waited for; there is one at least. */
    static Duration timeout(Collection<Stale> all) {
        return all.stream()
                .map(stale -> stale.policy().timeout())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Tells {@code told} how many of {@code all} each cache has. */
    static void perCache(Collection<Stale> all, ObjIntConsumer<String> told) {
        all.stream()
                .collect(Collectors.groupingBy(Stale::cache, Collectors.counting()))
                .forEach((cache, count) -> told.accept(cache, count.intValue()));
    }
}
