package io.cacheaside.verification.history.documents;

/** How a document is changed. */
public enum Way {
    /** Without a transaction: the statement commits itself. */
    PLAIN,
    /** In a transaction that commits. */
    TRANSACTIONAL,
    /** As strict writes, with a mark before the commit; peers know no such thing and use a transaction. */
    STRICT,
    /** In a transaction that also notes the key in the outbox; peers know no such thing and use a transaction. */
    DURABLE,
    /** In a transaction that is rolled back. */
    ROLLED_BACK,
    /** As write-through writes, which store what they return, in a transaction and without; peers use a transaction. */
    WRITE_THROUGH,
    /** Invalidated in the background, and over when the lag has passed; peers use a transaction. */
    BACKGROUND,
    /** All documents of a shelf, removed by its tag; peers know no such thing and change one document in a transaction. */
    TAG,
    /** All documents on shelves, removed as a whole cache; peers change one document in a transaction. */
    WHOLE_CACHE;

    private static final Way[] ALL = values();

    /** The way with this ordinal. */
    public static Way of(int ordinal) {
        return ALL[ordinal];
    }
}
