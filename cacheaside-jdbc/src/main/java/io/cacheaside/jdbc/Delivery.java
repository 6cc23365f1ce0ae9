package io.cacheaside.jdbc;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Removes keys from the store: all in one trip, and where that fails each by itself, so that one bad key stops no other.
 * Whether a key is bad or its master is away shows in a read of that key.
 */
final class Delivery {

    /** What became of a key. */
    enum Outcome {
        /** The store has acknowledged its removal. */
        REMOVED,
        /** The store answers a read of it and does not acknowledge its removal. */
        REFUSED,
        /** The store does not answer. */
        UNANSWERED
    }

    private final CacheStore store;
    private final Duration deadline;

    Delivery(CacheStore store, Duration deadline) {
        this.store = store;
        this.deadline = deadline;
    }

    /** The outcome of each removal, by its key. Waits for three deadlines at most. */
    Map<String, Outcome> remove(Collection<Removal> removals) {
        Map<String, Outcome> outcomes = new HashMap<>();
        boolean together = answers(List.of(removals), store::remove).get(0);
        if (together) {
            removals.forEach(removal -> outcomes.put(removal.key(), Outcome.REMOVED));
            return outcomes;
        }
        List<Removal> all = List.copyOf(removals);
        List<Boolean> removed = answers(all, removal -> store.remove(List.of(removal)));
        List<String> left = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            outcomes.put(all.get(i).key(), Outcome.REMOVED);
            if (!removed.get(i)) {
                left.add(all.get(i).key());
            }
        }
        List<Boolean> read = answers(left, store::get);
        for (int i = 0; i < left.size(); i++) {
            outcomes.put(left.get(i), read.get(i) ? Outcome.REFUSED : Outcome.UNANSWERED);
        }
        return outcomes;
    }

    /** For each part whether {@code send} of it was answered in time. */
    private <T> List<Boolean> answers(List<T> parts, Function<T, CompletableFuture<?>> send) {
        long end = System.nanoTime() + deadline.toNanos();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (T part : parts) {
            sent.add(sent(part, send));
        }
        return sent.stream().map(future -> isAnswered(future, end)).toList();
    }

    private static <T> CompletableFuture<?> sent(T part, Function<T, CompletableFuture<?>> send) {
        try {
            return send.apply(part);
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isAnswered(CompletableFuture<?> future, long end) {
        try {
            future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return false;
        }
    }
}
