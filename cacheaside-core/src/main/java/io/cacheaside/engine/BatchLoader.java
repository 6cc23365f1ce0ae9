package io.cacheaside.engine;

import org.jspecify.annotations.Nullable;

/** The method behind a read of many elements. Elements are named by their positions in the batch. */
@FunctionalInterface
public interface BatchLoader {

    /**
     * The values of the elements at {@code positions} (one at least, ascending), in that order; null where there is none. Runs
     * on the caller's thread. What it throws reaches the caller as thrown.
     */
    @Nullable
    Object[] load(int[] positions) throws Throwable;

    /** What the call says of storing the value of one element; null: it is stored as the policy says. */
    default @Nullable FillTerms terms(int position) {
        return null;
    }

    /**
     * Whether null, in what the last {@link #load} has brought, says that there is no value. False where one may be there and was
     * named otherwise: then its absence is returned, and not remembered.
     */
    default boolean isAbsenceSure() {
        return true;
    }
}
