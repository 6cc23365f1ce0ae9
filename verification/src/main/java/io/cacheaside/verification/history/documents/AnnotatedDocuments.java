package io.cacheaside.verification.history.documents;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** The annotated service. Not final: Spring makes a subclass of it where it was not woven. */
public class AnnotatedDocuments {

    private final Rows rows;

    /** Documents in {@code rows}. */
    public AnnotatedDocuments(Rows rows) {
        this.rows = rows;
    }

    /** A document. */
    @CacheAside(key = "doc:#id", ttl = "10m")
    public Document read(int id) {
        return rows.find(id);
    }

    /** Changes a document, in the caller's transaction if there is one. */
    @Invalidate(key = "doc:#id")
    public int change(int id) {
        return rows.raise(id);
    }

    /** Changes a document in a transaction of its own. */
    @Transactional
    @Invalidate(key = "doc:#id")
    public int changeInTransaction(int id) {
        return rows.raise(id);
    }

    /** Changes a document as a strict write, in the caller's transaction if there is one. */
    @Invalidate(key = "doc:#id", strict = true)
    public int changeStrictly(int id) {
        return rows.raise(id);
    }

    /** Changes a document and stores it, in the caller's transaction if there is one. */
    @WriteThrough(key = "doc:#id", version = "version")
    public Document changeThrough(int id) {
        return rows.raiseSlowly(id);
    }

    /** Changes a document in a transaction of its own and stores it. */
    @Transactional
    @WriteThrough(key = "doc:#id")
    public Document changeThroughInTransaction(int id) {
        return rows.raiseSlowly(id);
    }

    /** Changes a document in a transaction of its own, which rolls back although the method returns. */
    @Transactional
    @WriteThrough(key = "doc:#id")
    public Document changeThroughAndRollBack(int id) {
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        return rows.raiseSlowly(id);
    }

    /** Changes a document as a durable write in a transaction of its own. */
    @Transactional
    @Invalidate(key = "doc:#id", durable = true)
    public int changeDurably(int id) {
        return rows.raise(id);
    }

    /** Changes a document as a write that is invalidated in the background. */
    @Invalidate(key = "doc:#id", async = true)
    public int changeInBackground(int id) {
        return rows.raise(id);
    }
}
