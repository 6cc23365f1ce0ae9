package io.cacheaside.spi;

import java.util.function.Consumer;

/** What the engine has to know of the caller's transaction. Called on the caller's thread. */
public interface TransactionBoundary {

    /** True while the calling thread is inside a transaction whose completion {@link #afterCompletion} can see. */
    boolean isActive();

    /**
     * Runs {@code action} once on completion of the current transaction, on the thread that completes it; at once where
     * it is just being completed.
     *
     * @throws IllegalStateException where {@link #isActive} is false
     */
    void afterCompletion(Consumer<Completion> action);

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
