package io.cacheaside.spi;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the engine has to know of the caller's transaction, and of what it reads through. Called on the caller's thread. */
public interface TransactionBoundary {

    /**
     * The calling thread's transaction, or null where there is none: the same object each time, and another one inside a
     * transaction that suspends it.
     */
    @Nullable
    Transaction current();

    /**
     * Makes the calling thread, which is in no transaction, read from the source itself until the view is closed on the
     * same thread: what has been read before and is remembered (an open persistence context) is not used. For each load
     * whose result others may get.
     */
    default View freshView() {
        return View.NONE;
    }

    /** False where {@link #newReadTransaction} only throws. */
    default boolean beginsReadTransactions() {
        return false;
    }

    /**
     * Begins a read-only READ COMMITTED transaction of its own on the calling thread, on a connection of its own where the
     * source has connections; the caller's is suspended. It ends when the view is closed on the same thread.
     *
     * @throws RuntimeException where no transaction or connection is to be had
     */
    default View newReadTransaction() {
        throw new UnsupportedOperationException(getClass().getName() + " begins no transactions");
    }

    /** What a thread reads through, until it is closed; then it is again what it was before. */
    @FunctionalInterface
    interface View extends AutoCloseable {

        /** Changes nothing. */
        View NONE = () -> {};

        @Override
        void close();
    }

    /** One transaction under way, compared by identity. */
    interface Transaction {

        /**
         * True where every statement sees the newest committed rows and nothing uncommitted: the transaction is read-only
         * and exactly READ COMMITTED. False in doubt.
         */
        boolean seesLatestCommitsOnly();

        /**
         * Runs {@code action} once before the commit, on the committing thread, inside the transaction; not before a
         * rollback. What it throws makes the transaction roll back.
         */
        void beforeCommit(Runnable action);

        /**
         * Runs {@code action} once on completion, on the thread that completes the transaction; at once where it is just
         * being completed. What it throws after a commit reaches whoever commits, where the transactions allow that.
         */
        void afterCompletion(Consumer<Completion> action);
    }

    /** How a transaction ended. */
    enum Completion {
        /** Its writes are visible. */
        COMMITTED,
        /** Its writes never happened. */
        ROLLED_BACK,
        /** Nobody can say, for instance after a lost connection during the commit. */
        UNKNOWN
    }

    /** The boundary of an application without transactions. */
    static TransactionBoundary none() {
        return NoTransactions.INSTANCE;
    }
}
