package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.util.function.Consumer;

/** A transaction that is telling its synchronizations that it is over: nothing can be registered any more. */
final class CompletingTransaction implements Transaction {

    @Override
    public boolean seesLatestCommitsOnly() {
        return false;
    }

    @Override
    public void beforeCommit(Runnable action) {
        throw new IllegalStateException("the transaction is already being completed");
    }

    @Override
    public void afterCompletion(Consumer<Completion> action) {
        action.accept(Completion.UNKNOWN);
    }
}
