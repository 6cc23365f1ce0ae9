package io.cacheaside.verification.history.documents;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which documents stand on shelves: those with odd ids, several on each. They are a cache of their own, in which the tag of a
 * shelf stands for all of its documents.
 *
 * @param size how many documents a shelf has; 0 where none stands on any
 * @param documents how many there are in all
 */
public record Shelves(int size, int documents) {

    /** What all keys begin with. */
    public static final String NAMESPACE = "history";

    /** No document stands on any. */
    public static final Shelves NONE = new Shelves(0, 0);

    /** What the keys of the documents on shelves begin with. */
    private static final String SHELVED = NAMESPACE + ":shelved:";

    private static final int EVERY_SECOND = 2;

    /** True where the document {@code id} stands on one. */
    boolean hold(int id) {
        return size > 0 && id % EVERY_SECOND == 1;
    }

    /** The shelf of {@code id}, or of its neighbour where that one stands on none. */
    int of(int id) {
        return id / EVERY_SECOND / size;
    }

    /** The documents on {@code shelf}. */
    Span on(int shelf) {
        return new Span(EVERY_SECOND * shelf * size + 1, Math.min(EVERY_SECOND * (shelf + 1) * size, documents) - 1);
    }

    /** The documents on all of them. */
    Span all() {
        return new Span(1, documents - 1);
    }

    /** The documents with odd ids from {@code first} to {@code last}. */
    public record Span(int first, int last) {

        List<Integer> ids() {
            return IntStream.rangeClosed(first, last)
                    .filter(id -> id % EVERY_SECOND == 1)
                    .boxed()
                    .toList();
        }
    }

    /** What a write of {@code id} changes that is done in this {@code way}. */
    public List<Integer> changed(int id, Way way) {
        return switch (way) {
            case TAG -> on(of(id)).ids();
            case WHOLE_CACHE -> all().ids();
            default -> List.of(id);
        };
    }

    /** What is under {@code tag}, which is complete. */
    public List<Integer> tagged(String tag) {
        return on(number(tag)).ids();
    }

    /** What is stored under keys that begin with {@code prefix}. */
    public List<Integer> under(String prefix) {
        if (!prefix.equals(SHELVED)) {
            throw new IllegalArgumentException("nobody removes all of " + prefix);
        }
        return all().ids();
    }

    /** What the document {@code id} is stored under. */
    public String key(int id) {
        return hold(id) ? SHELVED + of(id) + ":" + id : NAMESPACE + ":doc:" + id;
    }

    /** The document that is stored under {@code key}. */
    public static int id(String key) {
        return number(key);
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    }
}
