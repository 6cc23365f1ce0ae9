package io.cacheaside.test;

import io.cacheaside.spi.TransactionBoundary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Transactions that the test begins and completes. */
final class ManualTransactions implements TransactionBoundary {

    private final List<Consumer<Completion>> actions = new ArrayList<>();
    private boolean active;

    void begin() {
        active = true;
    }

    void complete(Completion completion) {
        active = false;
        List<Consumer<Completion>> due = List.copyOf(actions);
        actions.clear();
        due.forEach(action -> action.accept(completion));
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public void afterCompletion(Consumer<Completion> action) {
        actions.add(action);
    }
}
