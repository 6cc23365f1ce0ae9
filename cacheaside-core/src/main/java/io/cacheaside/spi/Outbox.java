package io.cacheaside.spi;

import io.cacheaside.error.OutboxException;
import java.time.Duration;
import java.util.Collection;

/**
 * Notes invalidations in the writer's own transaction, so that a relay delivers them even if the writer dies right after
 * its commit. Called on the thread of that transaction; may block as long as a statement of it may.
 */
public interface Outbox {

    /**
     * Returns where notes can be taken, as far as can be known before a write. Called before each durable write, so cheap
     * once it has succeeded.
     *
     * @throws OutboxException where they cannot, with what is missing
     */
    void ready();

    /**
     * Notes {@code notes} in the calling thread's transaction: they are there if and only if it commits.
     *
     * @return what to tell when the invalidation itself was tried
     * @throws OutboxException where not all are noted: the transaction must not commit
     */
    Receipt note(Collection<Note> notes);

    /**
     * One key to invalidate.
     *
     * @param cache name of its cache
     * @param key complete key
     * @param settle how long nothing is stored under the key afterwards; zero: not at all
     */
    record Note(String cache, String key, Duration settle) {}

    /** Notes of one transaction. Its methods return at once and never throw. */
    interface Receipt {

        /** The store has acknowledged all of it: the notes are not needed any more. */
        void delivered();

        /** The store has not acknowledged it: the relay has to. */
        void undelivered();
    }
}
