package io.cacheaside;

import io.cacheaside.engine.Loader;
import org.jspecify.annotations.Nullable;

/** One call for one key. Its loader may run once more when it has returned; by then a key that can be changed may be another one. */
record KeyCall<K, V>(Cache<K, V> cache, K key, String text, KeyLoader<? super K, ? extends V, ?> loader)
        implements Loader {

    @Override
    public @Nullable Object load() throws Throwable {
        return loader.load(key);
    }

    @Override
    public Loader detached() {
        return () -> {
            check();
            Object value = load();
            check();
            return value;
        };
    }

    private void check() {
        if (!text.equals(cache.text(key))) {
            throw new IllegalStateException(cache + ": the key " + text
                    + " was changed after its call had returned, so it cannot be loaded again");
        }
    }
}
