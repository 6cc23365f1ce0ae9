package io.cacheaside.engine;

import io.cacheaside.error.UnconfirmedInvalidationException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** One call of a write method, from its entry to its end. Used by the calling thread only. */
public interface Write {

    /**
     * The method has finished, normally or not: {@code keys} are removed, at once or after the completion of the
     * transaction that the call is in. Waits for the acknowledgement for one second at most; keys without one are kept,
     * retried and bypassed here meanwhile. Never throws for the store, unless a key asks for it.
     *
     * @throws UnconfirmedInvalidationException where a key that asks for it was not acknowledged, and the call is in no
     *     transaction; in one, from its completion
     */
    default void finished(Collection<Stale> keys) {
        finished(keys, null);
    }

    /**
     * As {@link #finished(Collection)}, with what takes the place of one of the entries, if no other write has overlapped.
     *
     * @param replacement of one of {@code keys}; null: all are removed
     */
    void finished(Collection<Stale> keys, @Nullable Replacement replacement);
}
