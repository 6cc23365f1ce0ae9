package io.cacheaside.aspect.plan;

import io.cacheaside.key.KeyTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Under which tags the methods seen so far register what they store. Entries belong to their keys, not to the method that
 * has loaded them, so whoever stores under one template has to register under the same tags. Thread-safe.
 */
final class TagCatalog {

    private record Tagged(Set<String> shapes, List<KeyTemplate> tags, String where) {}

    private final Map<String, Tagged> reads = new HashMap<>();
    private final Map<String, String> throughs = new HashMap<>();

    /** Notes the tags of a read, or says in one sentence what they contradict. Saying the same again is harmless. */
    synchronized Optional<String> addRead(KeyTemplate key, List<KeyTemplate> tags, String where) {
        Set<String> shapes = tags.stream().map(KeyTemplate::shape).collect(Collectors.toSet());
        Tagged first = reads.putIfAbsent(key.shape(), new Tagged(shapes, tags, where));
        if (first != null && !first.shapes.equals(shapes)) {
            return Optional.of("the entries of '" + key + "' have the tags " + tags + " here and " + first.tags + " in "
                    + first.where
                    + ": both read the same entries, and an invalidation would miss those that the other has"
                    + " loaded; declare the same tags");
        }
        String through = throughs.get(key.shape());
        return through == null || tags.isEmpty() ? Optional.empty() : Optional.of(stored(key, where, through));
    }

    /** Notes a write that stores, or says in one sentence what it contradicts. */
    synchronized Optional<String> addThrough(KeyTemplate key, String where) {
        throughs.put(key.shape(), where);
        Tagged read = reads.get(key.shape());
        return read == null || read.tags.isEmpty() ? Optional.empty() : Optional.of(stored(key, read.where, where));
    }

    private static String stored(KeyTemplate key, String read, String write) {
        return "the entries of '" + key + "' have tags in " + read + ", and " + write
                + " would store one that is registered"
                + " under none: use @Invalidate instead of @WriteThrough, or leave the tags out";
    }
}
