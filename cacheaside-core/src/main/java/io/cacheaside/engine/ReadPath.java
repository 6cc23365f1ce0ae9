package io.cacheaside.engine;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads of one annotated method or client handle: one policy, one value format, one engine. Thread-safe. */
public final class ReadPath {

    /**
     * The value of {@code key}, from the cache or from {@code loader}.
     *
     * @param key complete key; it starts with {@code <namespace>:<cache>:}
     * @param storable looks at the loaded value (null: absent) and says whether it may be stored; null: always
     * @throws Throwable only what {@code loader} throws
     */
    public @Nullable Object read(String key, Loader loader, @Nullable Predicate<@Nullable Object> storable)
            throws Throwable {
        return loader.load();
    }
}
