package io.cacheaside.spi;

import org.jspecify.annotations.Nullable;

/** See {@link TransactionBoundary#none()}. */
enum NoTransactions implements TransactionBoundary {
    INSTANCE;

    @Override
    public @Nullable Transaction current() {
        return null;
    }
}
