package io.cacheaside.redisson;

import io.cacheaside.entry.Frames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisClient;
import org.redisson.connection.MasterSlaveEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which run of a server's process answers for one master. A run that ended may have taken removals with it that it
 * had acknowledged: its successor was started from older data, or is a replica that had not got them yet.
 *
 * <ol>
 *   <li>A run is known by the {@code run_id} of INFO. It is asked for when the first answer is looked at, and again after
 *       every new connection and every change of the master's address, before any value from there is used.
 *   <li>When it has changed, first the watch is told, so that removals are repeated and their keys bypassed, and values
 *       whose load began before the new process was started are no values any more; then answers are used again.
 *   <li>A load's begin is compared by the clocks of this JVM and the one that filled. They have to agree better than the
 *       time from the end of one run to the first answer of the next.
 *   <li>A server that refuses INFO cannot be watched like this; that is said once.
 * </ol>
 */
final class ServerRun {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);
    private static final CompletableFuture<@Nullable Void> KNOWN = CompletableFuture.completedFuture(null);
    private static final Pattern RUN_ID = Pattern.compile("run_id:(\\w+)");
    private static final Pattern UPTIME = Pattern.compile("uptime_in_seconds:(\\d{1,10})");

    /** The uptime is a difference of whole seconds. */
    private static final long UPTIME_ERROR_MILLIS = 2_000;

    /** Connections to one server up to {@code count} of them lead to the run that was asked. */
    private record Checked(MasterSlaveEntry entry, RedisClient client, AtomicLong made, long count) {

        boolean holds() {
            return entry.getClient() == client && made.get() == count;
        }
    }

    private final RedisCommands commands;
    private final Connections connections;
    private final Deadlines deadlines;
    private final Duration deadline;
    private final Supplier<@Nullable MasterSlaveEntry> master;
    private final Runnable removalsInDoubt;
    private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> asking = new AtomicReference<>();
    private volatile @Nullable Checked checked;
    private volatile @Nullable String runId;
    private volatile long trustedFrom = Long.MIN_VALUE;
    private volatile boolean refusalTold;

    ServerRun(
            RedisCommands commands,
            Connections connections,
            Deadlines deadlines,
            Duration deadline,
            Supplier<@Nullable MasterSlaveEntry> master,
            Runnable removalsInDoubt) {
        this.commands = commands;
        this.connections = connections;
        this.deadlines = deadlines;
        this.deadline = deadline;
        this.master = master;
        this.removalsInDoubt = removalsInDoubt;
    }

    /**
     * Completes when it is known which run has given the answers that are here by now; in the usual case at once. Fails
     * where that cannot be found out in time.
     */
    CompletableFuture<@Nullable Void> known() {
        Checked last = checked;
        if (last != null && last.holds()) {
            return KNOWN;
        }
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> other = asking.compareAndExchange(null, mine);
        if (other != null) {
            // it was sent before, perhaps over an older connection
            return other.thenCompose(done -> known());
        }
        deadlines.limit(mine, deadline, "INFO").whenComplete((done, failure) -> asking.compareAndSet(mine, null));
        RedisLink.sent(() -> ask(mine)).whenComplete((done, failure) -> {
            // before those who wait are told: they look again
            asking.compareAndSet(mine, null);
            if (failure == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    /** Runs {@code then} when the run is known, at once in the usual case, else {@code otherwise}. */
    void whenKnown(Runnable then, Consumer<Throwable> otherwise) {
        Checked last = checked;
        if (last != null && last.holds()) {
            then.run();
            return;
        }
        known().whenComplete((done, failure) -> {
            if (failure == null) {
                then.run();
            } else {
                otherwise.accept(failure);
            }
        });
    }

    /** Which process it is that was asked last; another one is not equal. Of a server that refuses INFO its address. */
    Object identity() {
        Checked last = checked;
        return last == null ? "none yet" : List.of(last.client(), String.valueOf(runId));
    }

    /** Those of {@code frames} whose load began after the run that answers was started, or null for none. */
    byte @Nullable [] trusted(byte @Nullable [] frames) {
        return frames == null ? null : Frames.since(trustedFrom, frames);
    }

    private CompletableFuture<@Nullable Void> ask(CompletableFuture<@Nullable Void> waiting) {
        MasterSlaveEntry entry = master.get();
        if (entry == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("no master is known"));
        }
        RedisClient client = entry.getClient();
        AtomicLong made = connections.to(client.getAddr());
        Checked next = new Checked(entry, client, made, made.get());
        return commands.info(entry, "server").handle((text, failure) -> {
            if (waiting.isDone()) {
                return null; // too late: it has been asked again since
            }
            if (failure == null) {
                answered(client, text);
            } else if (Breaker.isAnswer(failure)) {
                refused(client, failure);
            } else {
                throw new CompletionException(failure);
            }
            checked = next;
            return null;
        });
    }

    private void answered(RedisClient client, String text) {
        Matcher id = RUN_ID.matcher(text);
        Matcher uptime = UPTIME.matcher(text);
        if (!id.find() || !uptime.find()) {
            refused(client, new IllegalStateException("no run_id and uptime_in_seconds in " + text));
            return;
        }
        String last = runId;
        if (id.group(1).equals(last)) {
            return;
        }
        long now = System.currentTimeMillis();
        long startedAtLeast = now - 1_000 * (1 + Long.parseLong(uptime.group(1)));
        // whoever saw the change knows that all that the old run had is older than this moment
        trustedFrom = last == null ? startedAtLeast : Math.min(now, startedAtLeast + UPTIME_ERROR_MILLIS);
        if (last != null) {
            LOG.warn(
                    "Another run of Redis answers at {}: what was loaded before {} counts as a miss, the removals of the"
                            + " last minute are repeated",
                    client.getAddr(),
                    Instant.ofEpochMilli(trustedFrom));
        }
        removalsInDoubt.run();
        runId = id.group(1);
    }

    private void refused(RedisClient client, Throwable why) {
        if (!refusalTold) {
            refusalTold = true;
            LOG.warn(
                    "Redis {} does not answer INFO server ({}): a restart that brings old data back goes unnoticed; allow"
                            + " INFO to this user",
                    client.getAddr(),
                    RedisLink.cause(why));
        }
    }
}
