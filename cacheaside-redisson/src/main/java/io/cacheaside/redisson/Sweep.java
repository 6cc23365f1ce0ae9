package io.cacheaside.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redisson.connection.MasterSlaveEntry;

/**
 * The removal of all keys with one prefix, found with SCAN.
 *
 * <ol>
 *   <li>On every master one complete pass over the leases, then one complete pass over the values. SCAN finds each key that
 *       is there from the begin of a pass to its end, and a fill moves a key from the first set to the second, so whoever had
 *       a lease or a value at the begin is found by one of them.
 *   <li>What a page names is removed, and that is acknowledged, before the next page is asked for. So a pass that is complete
 *       has removed all that it found, and no more than one page is ever under way to a master.
 *   <li>A cursor means nothing to another process, and a slot that moves takes keys past a pass. So masters, their runs and
 *       their slots have to be the same at the end; else the sweep has failed.
 * </ol>
 */
final class Sweep {

    private static final String FIRST = "0";

    private final RedisCommands commands;
    private final Deadlines deadlines;
    private final Masters masters;
    private final Duration deadline;
    private final Function<List<String>, CompletableFuture<Void>> remove;

    /** {@code remove} invalidates keys; {@code deadline} is that of one page. */
    Sweep(
            RedisCommands commands,
            Deadlines deadlines,
            Masters masters,
            Duration deadline,
            Function<List<String>, CompletableFuture<Void>> remove) {
        this.commands = commands;
        this.deadlines = deadlines;
        this.masters = masters;
        this.deadline = deadline;
        this.remove = remove;
    }

    CompletableFuture<Void> of(String prefix) {
        String literal = literal(prefix);
        return masters.layout()
                .thenCompose(before -> everywhere(SlotKeys.leases(literal))
                        .thenCompose(leases -> everywhere(literal + "*"))
                        .thenCompose(values -> masters.layout())
                        .thenAccept(after -> requireSame(before, after)));
    }

    private static void requireSame(Object before, Object after) {
        if (!before.equals(after)) {
            throw new IllegalStateException("The masters of Redis, or their slots, have changed during the removal");
        }
    }

    private CompletableFuture<Void> everywhere(String pattern) {
        return CompletableFuture.allOf(commands.masters().stream()
                .map(master -> new Pass(master, pattern).start())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** One pass over one master. */
    private final class Pass {

        private final MasterSlaveEntry master;
        private final String pattern;
        private final CompletableFuture<Void> complete = new CompletableFuture<>();

        Pass(MasterSlaveEntry master, String pattern) {
            this.master = master;
            this.pattern = pattern;
        }

        CompletableFuture<Void> start() {
            page(FIRST);
            return complete;
        }

        private void page(String cursor) {
            deadlines
                    .limit(RedisLink.sent(() -> commands.scan(master, cursor, pattern)), deadline, "SCAN")
                    .thenCompose(page -> removed(page.getValues()).thenApply(done -> page.getPos()))
                    .whenComplete(this::go);
        }

        private void go(String cursor, @Nullable Throwable failure) {
            if (failure != null) {
                complete.completeExceptionally(failure);
            } else if (FIRST.equals(cursor)) {
                complete.complete(null);
            } else {
                page(cursor);
            }
        }
    }

    private CompletableFuture<Void> removed(List<String> names) {
        return names.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : deadlines.limit(
                        remove.apply(names.stream().map(SlotKeys::keyOf).toList()), deadline, "INVALIDATE");
    }

    /** A glob pattern that matches {@code text} and nothing else. */
    private static String literal(String text) {
        return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }
}
