package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.spi.TransactionBoundary.Transaction;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One synchronized transaction, bound to its thread while it is not suspended. First among the synchronizations: what the
 * others read afterwards is to be current.
 */
final class SpringTransaction implements Transaction, TransactionSynchronization {

    private final Object key;
    private final @Nullable BoundConnections connections;
    private final List<Runnable> before = new ArrayList<>();
    private final List<Consumer<Completion>> after = new ArrayList<>();
    private boolean committing;
    private boolean severalConnections;
    private @Nullable RuntimeException untold;
    private @Nullable Integer isolation;

    private SpringTransaction(Object key, @Nullable BoundConnections connections) {
        this.key = key;
        this.connections = connections;
    }

    /** The calling thread's transaction, which was not known so far; {@code key} is what it is bound to. */
    static SpringTransaction begin(Object key, @Nullable BoundConnections connections) {
        SpringTransaction transaction = new SpringTransaction(key, connections);
        TransactionSynchronizationManager.registerSynchronization(transaction);
        TransactionSynchronizationManager.bindResource(key, transaction);
        return transaction.entered();
    }

    /** This transaction, after a look at what else takes part in it. */
    SpringTransaction entered() {
        severalConnections = severalConnections || connections != null && connections.areSeveral();
        return this;
    }

    /**
     * The flag and the level of the definition are those of the outermost method: an inner one that joins changes neither.
     * A default level is the connection's, which is asked once.
     */
    @Override
    public boolean seesLatestCommitsOnly() {
        return connections != null
                && TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                && connections.isOnlyOne()
                && isolation(connections) == Connection.TRANSACTION_READ_COMMITTED;
    }

    private int isolation(BoundConnections bound) {
        if (isolation == null) {
            Integer defined = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
            isolation = defined != null ? defined : bound.isolation();
        }
        return isolation;
    }

    @Override
    public void beforeCommit(Runnable action) {
        if (committing) {
            action.run();
        } else {
            before.add(action);
        }
    }

    @Override
    public void afterCompletion(Consumer<Completion> action) {
        after.add(action);
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(key, this);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        committing = true;
        before.forEach(Runnable::run);
        TransactionSynchronizationManager.registerSynchronization(new Last());
    }

    @Override
    public void beforeCompletion() {
        entered();
    }

    /** The only hook whose exceptions reach the caller: {@link Last} throws ours. What is added from now on runs on completion. */
    @Override
    public void afterCommit() {
        try {
            complete(Completion.COMMITTED);
        } catch (RuntimeException failure) {
            untold = failure;
        }
    }

    /** Runs all actions, whatever one of them throws. */
    private void complete(Completion completion) {
        List<Consumer<Completion>> actions = List.copyOf(after);
        after.clear();
        RuntimeException first = null;
        for (Consumer<Completion> action : actions) {
            try {
                action.accept(completion);
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** A rollback says nothing about a second connection, which commits by itself. */
    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(key);
        Completion completion = switch (status) {
            case STATUS_COMMITTED -> Completion.COMMITTED;
            case STATUS_ROLLED_BACK -> severalConnections ? Completion.UNKNOWN : Completion.ROLLED_BACK;
            default -> Completion.UNKNOWN;
        };
        complete(completion);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** Tells the caller what went wrong after the commit when all others have heard of that: an exception ends the round. */
    private final class Last implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            if (untold != null) {
                throw untold;
            }
        }
    }
}
