package io.cacheaside.verification.history.documents;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.Invalidate.OnUnconfirmed;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;

/** The annotated service of the documents on {@link Shelves}. Not final: Spring makes a subclass of it where it was not woven. */
public class ShelvedDocuments {

    private final Rows rows;
    private final Shelves shelves;

    /** Documents in {@code rows}. */
    public ShelvedDocuments(Rows rows, Shelves shelves) {
        this.rows = rows;
        this.shelves = shelves;
    }

    /** A document. */
    @CacheAside(key = "shelved:#shelf:#id", ttl = "10m", tags = "shelf:#shelf")
    public Document read(int shelf, int id) {
        return rows.find(id);
    }

    /** Changes a document, in the caller's transaction if there is one. */
    @Invalidate(key = "shelved:#shelf:#id")
    public int change(int shelf, int id) {
        return rows.raise(id);
    }

    /** Changes a document as a strict write, in the caller's transaction if there is one. */
    @Invalidate(key = "shelved:#shelf:#id", strict = true)
    public int changeStrictly(int shelf, int id) {
        return rows.raise(id);
    }

    /** Changes a document as a durable write in a transaction of its own. */
    @Transactional
    @Invalidate(key = "shelved:#shelf:#id", durable = true)
    public int changeDurably(int shelf, int id) {
        return rows.raise(id);
    }

    /** Changes a document as a write that is invalidated in the background. */
    @Invalidate(key = "shelved:#shelf:#id", async = true)
    public int changeInBackground(int shelf, int id) {
        return rows.raise(id);
    }

    /** Changes all documents of a shelf, in the caller's transaction if there is one; {@code versions} gets what they are now. */
    @Invalidate(tags = "shelf:#shelf", onUnconfirmed = OnUnconfirmed.THROW)
    public void changeShelf(int shelf, Map<Integer, Integer> versions) {
        versions.putAll(rows.raiseAll(shelves.on(shelf)));
    }

    /** Changes the documents of all shelves, in the caller's transaction if there is one; {@code versions} gets what they are now. */
    @Invalidate(cache = "shelved", all = true, onUnconfirmed = OnUnconfirmed.THROW)
    public void changeAll(Map<Integer, Integer> versions) {
        versions.putAll(rows.raiseAll(shelves.all()));
    }
}
