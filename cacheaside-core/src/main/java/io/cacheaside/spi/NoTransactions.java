package io.cacheaside.spi;

import java.util.function.Consumer;

/** See {@link TransactionBoundary#none()}. */
enum NoTransactions implements TransactionBoundary {
    INSTANCE;

    @Override
    public boolean isActive() {
        return false;
    }

    @Override
    public void afterCompletion(Consumer<Completion> action) {
        throw new IllegalStateException("no transaction is active");
    }
}
