package io.cacheaside.verification.history.documents;

import java.util.Map;

/** Cached documents: one of the sides that are compared. Thread-safe. */
public interface Documents extends AutoCloseable {

    /** The document, from the cache or from the database. */
    Document read(int id);

    /**
     * Raises the version of a document, or of all that a write in this {@code way} concerns, and returns the new versions by
     * id; none where the change was rolled back.
     */
    Map<Integer, Integer> change(int id, Way way);

    /** Reads two documents in one transaction that sees the database as it was at its beginning. */
    void tour(int first, int second);

    /** How many reads the cache has answered, where the side counts them. */
    default long hits() {
        return 0;
    }

    @Override
    void close();
}
