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
 *       their slots have to be the same at the end; else the sweep begins again, a few times, and then has failed.
 * </ol>
 */
final class Sweep {

    private static final String FIRST = "0";

    private final RedisCommands commands;
    private final Deadlines deadlines;
    private final Masters masters;
    private final Duration deadline;
    private final Function<List<String>, CompletableFuture<Void>> remove;
    private final String prefix;
    private final SweepProgress progress;

    /** That of {@code prefix}; {@code remove} invalidates keys; {@code deadline} is that of one page. */
    Sweep(
            RedisCommands commands,
            Deadlines deadlines,
            Masters masters,
            Duration deadline,
            Function<List<String>, CompletableFuture<Void>> remove,
            String prefix,
            SweepProgress progress) {
        this.commands = commands;
        this.deadlines = deadlines;
        this.masters = masters;
        this.deadline = deadline;
        this.remove = remove;
        this.prefix = prefix;
        this.progress = progress;
    }

    /** Begins; the future completes when the passes are complete, or exceptionally when a page or the last attempt failed. */
    CompletableFuture<Void> start() {
        return new Attempts("the removal of " + prefix + "*", this::layout, this::passes)
                .start()
                .thenRun(progress::ended);
    }

    /** Asks each time for all that {@link Masters#layout} is made of, within the deadline of a page. */
    private CompletableFuture<Object> layout() {
        return deadlines.limit(RedisLink.sent(masters::layout), deadline, "the layout of the masters");
    }

    private CompletableFuture<Void> passes() {
        String literal = literal(prefix);
        return everywhere(SlotKeys.leases(literal)).thenCompose(leases -> everywhere(literal + "*"));
    }

    private CompletableFuture<Void> everywhere(String pattern) {
        List<MasterSlaveEntry> all = List.copyOf(commands.servers().masters());
        progress.masters(all.size());
        return CompletableFuture.allOf(
                all.stream().map(master -> new Pass(master, pattern).start()).toArray(CompletableFuture<?>[]::new));
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
            limited(RedisLink.sent(() -> commands.scan(master, cursor, pattern)), "SCAN")
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

        private CompletableFuture<Void> removed(List<String> names) {
            if (names.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            List<String> keys = names.stream().map(SlotKeys::keyOf).toList();
            return limited(remove.apply(keys), "INVALIDATE").thenRun(() -> progress.removed(names.size()));
        }

        /** As for any writer: until the deadline, but briefly where the master is known not to answer. */
        private <T> CompletableFuture<T> limited(CompletableFuture<T> answer, String command) {
            deadlines.limit(answer, deadline, command);
            masters.of(master).breaker().hasten(answer, command);
            return answer;
        }
    }

    /** A glob pattern that matches {@code text} and nothing else. */
    private static String literal(String text) {
        return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }
}
