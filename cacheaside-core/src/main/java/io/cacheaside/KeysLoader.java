package io.cacheaside;

import java.util.List;
import java.util.Map;

/** Brings the values of many keys from their source. What it throws, checked or not, reaches the caller as thrown. */
@FunctionalInterface
public interface KeysLoader<K, V, X extends Throwable> {

    /**
     * The values of {@code keys} (one at least, each once). A key without an entry has no value; entries of other keys are
     * ignored. Runs on the thread of the call, possibly several times with other keys each.
     */
    Map<? extends K, ? extends V> load(List<K> keys) throws X;
}
