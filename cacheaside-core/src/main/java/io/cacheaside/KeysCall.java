package io.cacheaside;

import io.cacheaside.engine.BatchLoader;
import io.cacheaside.engine.FillTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call for many keys: the loader for a part of them, and how much of that it brought. Used by one thread. */
final class KeysCall<K, V> implements BatchLoader {

    private static final Logger LOG = LoggerFactory.getLogger(Cache.class);

    private final List<K> keys;
    private final KeysLoader<K, V, ?> loader;
    private final Cache<K, V> cache;

    /** False where the loader has answered under other keys than it was asked for: perhaps they mean those that it has not. */
    private boolean isAbsenceSure = true;

    private int asked;
    private int found;

    KeysCall(Cache<K, V> cache, List<K> keys, KeysLoader<K, V, ?> loader) {
        this.cache = cache;
        this.keys = keys;
        this.loader = loader;
    }

    @Override
    public @Nullable Object[] load(int[] positions) throws Throwable {
        List<K> part = new ArrayList<>(positions.length);
        for (int position : positions) {
            part.add(keys.get(position));
        }
        asked += positions.length;
        Map<? extends K, ? extends V> values = loader.load(List.copyOf(part));
        @Nullable Object[] result = part.stream().map(key -> value(values, key)).toArray();
        int own = 0;
        for (Object value : result) {
            own += value == null ? 0 : 1;
        }
        found += own;
        isAbsenceSure = values == null || values.size() <= own || !isAnyForeign(values, part);
        if (!isAbsenceSure && cache.isFirstForeign()) {
            LOG.warn(
                    "{}: a loader returned keys that it was not asked for; they are ignored, and no absence of that call is"
                            + " remembered",
                    cache);
        }
        return result;
    }

    @Override
    public @Nullable FillTerms terms(int position) {
        return cache.terms();
    }

    @Override
    public boolean isAbsenceSure() {
        return isAbsenceSure;
    }

    /** All values, without a cache. */
    @Nullable
    Object[] loadAll() throws Throwable {
        return load(IntStream.range(0, keys.size()).toArray());
    }

    /** Values that the loader was asked for. */
    int asked() {
        return asked;
    }

    /** Values that it brought. */
    int found() {
        return found;
    }

    private boolean isAnyForeign(Map<? extends K, ? extends V> values, List<K> part) {
        return values.size() > part.stream().filter(values::containsKey).count();
    }

    /** Some maps throw when they are asked for what they cannot compare. */
    private static @Nullable Object value(@Nullable Map<?, ?> values, Object key) {
        try {
            return values == null ? null : values.get(key);
        } catch (ClassCastException e) {
            return null;
        }
    }
}
