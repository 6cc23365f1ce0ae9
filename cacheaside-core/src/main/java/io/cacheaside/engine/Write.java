package io.cacheaside.engine;

import io.cacheaside.error.UnconfirmedInvalidationException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** One call of a write method, from its entry to its end. Used by the calling thread only. */
public interface Write {

    /**
     * The method has finished, normally or not: {@code keys} are removed, at once or after the completion of the
     * transaction that the call is in. Waits for the acknowledgement for one second at most, for that of a group as long as
     * the store goes on with it; what has none is kept, retried and bypassed here meanwhile. Never throws for the store, unless
     * a key or group asks for it.
     *
     * @throws UnconfirmedInvalidationException where a key that asks for it was not acknowledged, and the call is in no
     *     transaction; in one, from its completion
     */
    default void finished(Collection<Stale> keys) {
        finished(StaleSet.of(keys), null);
    }

    /**
     * As {@link #finished(Collection)}, for groups of keys too, and with what takes the place of one of the entries, if no
     * other write has overlapped.
     *
     * @param replacement of one of the keys; null: all are removed
     */
    void finished(StaleSet stale, @Nullable Replacement replacement);
}
