package io.cacheaside.spi;

import java.util.function.Predicate;

/**
 * Is told what became of a store's masters. Called on a thread of the adapter; must return soon and must not throw.
 */
public interface StoreWatch {

    /**
     * Acknowledged removals of the keys that {@code keys} accepts may be undone, because another master has taken over or
     * their master was restarted. No value from that master, and no acknowledgement of a fill, is handed on before this has
     * returned.
     */
    void removalsInDoubt(Predicate<String> keys);

    /** {@code masters} masters give no answer now and are not asked, but for removals. Told after each change. */
    default void unavailable(int masters) {}

    /** A master that gave no answer for a while answers again: what it has not acknowledged may be sent again now. */
    void answersAgain();
}
