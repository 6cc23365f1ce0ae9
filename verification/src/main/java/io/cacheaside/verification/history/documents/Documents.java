package io.cacheaside.verification.history.documents;

/** Cached documents: one of the sides that are compared. Thread-safe. */
public interface Documents extends AutoCloseable {

    /** What {@link #change} answers when nothing was changed. */
    int NOTHING = -1;

    /** The document, from the cache or from the database. */
    Document read(int id);

    /** Raises the version of a document and returns it; {@link #NOTHING} where the change was rolled back. */
    int change(int id, Way way);

    /** Reads two documents in one transaction that sees the database as it was at its beginning. */
    void tour(int first, int second);

    /** How many reads the cache has answered, where the side counts them. */
    default long hits() {
        return 0;
    }

    @Override
    void close();
}
