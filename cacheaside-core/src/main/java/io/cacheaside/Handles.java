package io.cacheaside;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.entry.Explanation.Origin;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.key.CacheKeys;
import io.cacheaside.key.CacheName;
import io.cacheaside.policy.CacheCatalog;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.StoredTypes;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the handles of one client, which each method is given, and refuses those that cannot be. Thread-safe. */
final class Handles {

    private static final Logger LOG = LoggerFactory.getLogger(CacheAsideClient.class);

    /** Somebody who computes TTLs, or names, would fill the memory. */
    private static final int MOST_WRITTEN = 1_000;

    private final CacheKeys keys;
    private final ConfiguredCaches caches;
    private final Map<ForWritten, Cache<String, ?>> written = new ConcurrentHashMap<>();
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    private record ForWritten(
            String cache, Type type, @Nullable Duration ttl) {}

    Handles(String namespace, ConfiguredCaches caches) {
        this.keys = new CacheKeys(namespace);
        this.caches = caches;
    }

    /** The handle of keys of {@code key}. */
    <K, V> Cache<K, V> typed(
            CacheAsideClient client, String cache, Class<K> key, TypeRef<V> value, CacheSettings declared) {
        String where = "Cache '" + cache + "' of " + key.getSimpleName() + " to " + value;
        List<String> problems = new ArrayList<>();
        attempt(problems, where, () -> CacheName.checked(cache));
        attempt(problems, where, () -> CacheKeys.checkType(key));
        return make(client, cache, value.type(), declared, text -> keys.valueKey(cache, text), where, problems);
    }

    /** The handle of keys that were written down, all of {@code cache}. */
    @SuppressWarnings("unchecked") // the type is part of what it is found by
    <V> Cache<String, V> written(CacheAsideClient client, String cache, TypeRef<V> value, @Nullable Duration ttl) {
        ForWritten id = new ForWritten(cache, value.type(), ttl);
        Cache<String, ?> known = written.get(id);
        if (known != null) {
            return (Cache<String, V>) known;
        }
        String where = "Cache '" + cache + "' of written keys to " + value;
        CacheSettings declared = ttl == null ? CacheSettings.NONE : CacheSettings.ttl(ttl);
        Cache<String, V> made = make(
                client, cache, value.type(), declared, key -> written(client, cache, key), where, new ArrayList<>());
        if (written.size() < MOST_WRITTEN) {
            written.put(id, made);
        }
        return made;
    }

    /** The complete key that {@code text} writes, which is one of {@code cache}. */
    String written(CacheAsideClient client, String cache, @Nullable Object text) {
        CacheKeys.Written key =
                keys.written((String) text, head -> head.startsWith(cache + ":") ? cache : owner(client, head));
        if (!key.cache().equals(cache)) {
            throw new IllegalArgumentException("the key '" + text + "' is one of the cache '" + key.cache()
                    + "', not of '" + cache + "': call once for the keys of each cache");
        }
        return key.key();
    }

    /** The key that {@code text} writes. */
    CacheKeys.Written written(CacheAsideClient client, @Nullable String text) {
        return keys.written(text, head -> owner(client, head));
    }

    /** Tells once of a {@code cache} whose keys are all removed, and which nobody reads who is known here: a slip, perhaps. */
    void tellUnread(String cache) {
        Set<String> known = caches.known();
        if (!known.contains(cache) && unread.size() < MOST_WRITTEN && unread.add(cache)) {
            LOG.warn(
                    "All keys of the cache '{}' are removed, of which no read is known here and which the configuration does not"
                            + " name; the caches are {}. Where another service reads it, a setting of it ends this warning:"
                            + " cacheaside.caches.{}.ttl, or the builder's cache(\"{}\", …)",
                    cache,
                    known,
                    cache,
                    cache);
        }
    }

    /** The complete tag that {@code text} writes. */
    String writtenTag(@Nullable String text) {
        return keys.writtenTag(text);
    }

    private String owner(CacheAsideClient client, String head) {
        String read = client.catalog().owner(head);
        return !read.equals(head)
                ? read
                : caches.names().stream()
                        .filter(cache -> head.startsWith(cache + ":"))
                        .findFirst()
                        .orElse(head);
    }

    private <K, V> Cache<K, V> make(
            CacheAsideClient client,
            String cache,
            Type value,
            CacheSettings declared,
            Function<@Nullable Object, String> texts,
            String where,
            List<String> problems) {
        attempt(problems, where, () -> check(value));
        throwIfAny(problems);
        CacheCatalog catalog = client.catalog();
        // looked at first, so that a handle that is refused has said nothing of the cache
        add(problems, where, catalog.contradiction(cache, value));
        throwIfAny(problems);
        CacheSettings settings = declared.orElse(catalog.declared(cache));
        CachePolicy policy = client.policyOf(cache, settings);
        ReadPath path = client.readPath(policy, value);
        add(problems, where, catalog.add(cache, value, true, where, declared));
        add(problems, where, catalog.addExpiry(cache, policy.expiry(), where));
        throwIfAny(problems);
        Origin origin = caches.originOfTtl(cache, settings);
        return new Cache<>(client, path, origin, texts, where);
    }

    private static void check(Type value) {
        Class<?> raw = StoredTypes.erase(value);
        if (raw.isPrimitive() || raw == Void.class) {
            throw new IllegalArgumentException("values of " + raw + " cannot be absent: name the class of an object");
        }
        if (raw == Optional.class) {
            throw new IllegalArgumentException("an absent value is null: name the type of the Optional's content");
        }
        StoredTypes.check(value, "the value type", "name");
    }

    private static void attempt(List<String> problems, String where, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            problems.add(where + ": " + e.getMessage());
        }
    }

    private static void add(List<String> problems, String where, Optional<String> problem) {
        problem.ifPresent(sentence -> problems.add(where + ": " + sentence));
    }

    private static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
