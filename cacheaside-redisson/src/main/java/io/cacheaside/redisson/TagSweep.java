package io.cacheaside.redisson;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.redisson.client.protocol.decoder.ListScanResult;

/**
 * The removal of all keys in the index of one tag.
 *
 * <ol>
 *   <li>ZSCAN finds each key that is in the index from the begin of the pass to its end. One that comes later has a load that
 *       begins later, because that waits for the registration.
 *   <li>No key is taken out of the index: a load that has registered and not yet stored has to be found by the next removal,
 *       too.
 *   <li>The next page is asked for while those before it are being removed, {@link #WINDOW} pages at most. The removal is done
 *       when all of them are acknowledged.
 *   <li>A cursor means nothing to another process. So masters, their runs and their slots have to be the same at the end; else
 *       the pass begins again, a few times, and then has failed.
 * </ol>
 */
final class TagSweep {

    private static final String FIRST = "0";

    /** So many keys at once keep Redis well under the time that anybody else would notice, however long the tag's removal. */
    private static final int TOGETHER = 128;

    /** Pages whose keys are being removed at a time. */
    private static final int WINDOW = 4;

    private final RedisCommands commands;
    private final Deadlines deadlines;
    private final Masters masters;
    private final Duration deadline;
    private final Function<List<String>, CompletableFuture<Void>> remove;
    private final String index;
    private final SweepProgress progress;

    /** That of {@code tag}; {@code remove} invalidates keys; {@code deadline} is that of one page. */
    TagSweep(
            RedisCommands commands,
            Deadlines deadlines,
            Masters masters,
            Duration deadline,
            Function<List<String>, CompletableFuture<Void>> remove,
            String tag,
            SweepProgress progress) {
        this.commands = commands;
        this.deadlines = deadlines;
        this.masters = masters;
        this.deadline = deadline;
        this.remove = remove;
        this.index = SlotKeys.index(tag);
        this.progress = progress;
    }

    /** Begins; the future completes when the pass is complete, or exceptionally when a page or the last attempt failed. */
    CompletableFuture<Void> start() {
        return new Attempts("the removal of " + index, this::layout, this::pass)
                .start()
                .thenRun(progress::ended);
    }

    private CompletableFuture<Object> layout() {
        return deadlines.limit(RedisLink.sent(masters::layout), deadline, "the layout of the masters");
    }

    private CompletableFuture<Void> pass() {
        progress.masters(commands.servers().knownMasters().size());
        return new Pass().start();
    }

    /** One pass over the index. Each step is taken when the one before it is over, so nobody needs a lock. */
    private final class Pass {

        private final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
        private final CompletableFuture<Void> complete = new CompletableFuture<>();

        CompletableFuture<Void> start() {
            page(FIRST);
            return complete;
        }

        private void page(String cursor) {
            CompletableFuture<ListScanResult<String>> names = RedisLink.sent(() -> commands.members(index, cursor));
            deadlines.limit(names, deadline, "ZSCAN");
            masters.of(index).breaker().hasten(names, "ZSCAN");
            names.thenAccept(this::remove).whenComplete(this::failed);
        }

        private void remove(ListScanResult<String> page) {
            underWay.add(removed(page.getValues()));
            boolean isLast = FIRST.equals(page.getPos());
            CompletableFuture<Void> before = isLast
                    ? CompletableFuture.allOf(underWay.toArray(CompletableFuture<?>[]::new))
                    : underWay.size() < WINDOW ? CompletableFuture.completedFuture(null) : underWay.remove();
            before.thenRun(() -> {
                        if (isLast) {
                            complete.complete(null);
                        } else {
                            page(page.getPos());
                        }
                    })
                    .whenComplete(this::failed);
        }

        private void failed(@Nullable Void nothing, @Nullable Throwable failure) {
            if (failure != null) {
                complete.completeExceptionally(failure);
            }
        }
    }

    private CompletableFuture<Void> removed(List<String> keys) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<?>[] parts = IntStream.range(0, (keys.size() - 1) / TOGETHER + 1)
                .mapToObj(part -> keys.subList(part * TOGETHER, Math.min(keys.size(), (part + 1) * TOGETHER)))
                .map(remove)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> answer = CompletableFuture.allOf(parts);
        deadlines.limit(answer, deadline, "INVALIDATE");
        keys.stream()
                .map(key -> masters.of(key).breaker())
                .distinct()
                .forEach(breaker -> breaker.hasten(answer, "INVALIDATE"));
        return answer.thenRun(() -> progress.removed(keys.size()));
    }
}
