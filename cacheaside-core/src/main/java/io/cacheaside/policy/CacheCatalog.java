package io.cacheaside.policy;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The caches of all reads of one client, annotated or not: what is stored in each, and who said so first. Thread-safe.
 */
public final class CacheCatalog {

    private final NavigableMap<String, Entry> caches = new TreeMap<>();

    private final Map<String, Expires> expiries = new HashMap<>();

    /** Names that a write removes all keys of, and where. */
    private final NavigableMap<String, String> wholes = new TreeMap<>();

    /** Nothing known yet. */
    public CacheCatalog() {}

    private record Expires(Expiry expiry, String where) {}

    /**
     * What the first read of a cache has said of it.
     *
     * @param stored type of its values
     * @param mayBeAbsent false where that read returns a primitive
     * @param where the read, for messages
     * @param declared its settings
     */
    public record Entry(Type stored, boolean mayBeAbsent, String where, CacheSettings declared) {}

    /** Notes a read and its settings, or says in one sentence what it contradicts. Saying the same again is harmless. */
    public synchronized Optional<String> add(
            String cache, Type stored, boolean mayBeAbsent, String where, CacheSettings declared) {
        for (String other : caches.keySet()) {
            if (nest(cache, other)) {
                return Optional.of(nesting(cache, other, caches.get(other).where));
            }
        }
        for (String whole : wholes.keySet()) {
            if (nest(cache, whole)) {
                return Optional.of(nesting(cache, whole, wholes.get(whole)));
            }
        }
        Entry first = caches.putIfAbsent(cache, new Entry(stored, mayBeAbsent, where, declared));
        if (first == null || first.stored.equals(stored) && first.mayBeAbsent == mayBeAbsent) {
            return Optional.empty();
        }
        return Optional.of("cache '" + cache + "' would hold " + name(stored, mayBeAbsent) + " here and "
                + name(first.stored, first.mayBeAbsent) + " in " + first.where + ": a cache holds values of one type");
    }

    /** Notes that a write removes all keys of {@code cache}, or says in one sentence what that contradicts. */
    public synchronized Optional<String> addWhole(String cache, String where) {
        for (String other : caches.keySet()) {
            if (nest(cache, other)) {
                return Optional.of(nesting(cache, other, caches.get(other).where));
            }
        }
        wholes.putIfAbsent(cache, where);
        return Optional.empty();
    }

    private static boolean nest(String one, String other) {
        return other.startsWith(one + ":") || one.startsWith(other + ":");
    }

    private static String nesting(String cache, String other, String where) {
        return "cache '" + cache + "' and cache '" + other + "' of " + where
                + " nest: a cache owns all keys that start with its name and ':', so name one of them"
                + " differently or give both the same cache";
    }

    /** Notes what a read counts the lifetime from, or says in one sentence what it contradicts. */
    public synchronized Optional<String> addExpiry(String cache, Expiry expiry, String where) {
        Expires first = expiries.putIfAbsent(cache, new Expires(expiry, where));
        if (first == null || first.expiry == expiry) {
            return Optional.empty();
        }
        return Optional.of("cache '" + cache + "' has expiry = " + expiry + " here and " + first.expiry + " in "
                + first.where + ": hits of the one would prolong what the other has stored");
    }

    /** Says in one sentence what a write that stores {@code stored} contradicts. */
    public synchronized Optional<String> contradiction(String cache, Type stored) {
        Entry first = caches.get(cache);
        return first == null || first.stored.equals(stored)
                ? Optional.empty()
                : Optional.of("cache '" + cache + "' would hold " + stored.getTypeName() + " here and "
                        + first.stored.getTypeName() + " in " + first.where + ": a cache holds values of one type");
    }

    /** What the first read of {@code cache} has said; empty where none is known. */
    public synchronized Optional<Entry> find(String cache) {
        return Optional.ofNullable(caches.get(cache));
    }

    /** What the first read of {@code cache} declares; nothing where none is known. */
    public synchronized CacheSettings declared(String cache) {
        Entry first = caches.get(cache);
        return first == null ? CacheSettings.NONE : first.declared;
    }

    /** The cache that owns keys with this head: a known one, else the head itself. */
    public synchronized String owner(String head) {
        return caches.keySet().stream()
                .filter(cache -> head.equals(cache) || head.startsWith(cache + ":"))
                .findFirst()
                .orElse(head);
    }

    /** True where a read of {@code cache} is known. */
    public synchronized boolean knows(String cache) {
        return caches.containsKey(cache);
    }

    private static String name(Type stored, boolean mayBeAbsent) {
        return stored.getTypeName() + (mayBeAbsent ? "" : " (a primitive, never absent)");
    }
}
