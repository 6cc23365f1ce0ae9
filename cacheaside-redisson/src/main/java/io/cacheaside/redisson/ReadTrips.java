package io.cacheaside.redisson;

import io.cacheaside.redisson.Masters.Master;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Common trips of the reads of this JVM to one master.
 *
 * <ol>
 *   <li>At most {@link #LANES} trips are under way. A caller who finds a free lane goes at once, alone, with a GET.
 *   <li>Callers who find none wait; the trip that comes back takes all of them along in one MGET. So a caller never
 *       joins a trip that was already sent, and no reply is older than the call that it answers. A trip has fewer seats
 *       where values are large. Reads that touch their value are GETEX; those of a trip follow its MGET in one pipeline.
 *   <li>A trip's deadline counts from its oldest caller. A late trip fails its callers and frees its lane; what it
 *       brings afterwards is dropped.
 * </ol>
 */
final class ReadTrips {

    /** A read that leaves the lifetime of its value alone. */
    static final long TOUCH_NOTHING = 0;

    private static final int LANES = 2;
    private static final int MOST_SEATS = 256;

    /** Redisson keeps an answer in memory until all of it is there. */
    private static final int FULL_TRIP_BYTES = 4 << 20;

    private final RedisCommands commands;
    private final Deadlines deadlines;
    private final Masters masters;
    private final Duration deadline;
    private final long deadlineNanos;
    private final Queue<Read> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile int seats = MOST_SEATS;

    ReadTrips(RedisCommands commands, Deadlines deadlines, Masters masters, Duration deadline) {
        this.commands = commands;
        this.deadlines = deadlines;
        this.masters = masters;
        this.deadline = deadline;
        deadlineNanos = deadline.toNanos();
    }

    /** The value of {@code key}, which from then on stays for {@code idleMillis}. */
    CompletableFuture<byte @Nullable []> get(String key, long idleMillis) {
        if (commands.servers().isCluster()) {
            Master master = masters.of(key);
            return master.breaker().guard(deadline, () -> getAlone(key, idleMillis, master.run()));
        }
        Breaker breaker = masters.of(key).breaker();
        if (!breaker.isClosed()) {
            return CompletableFuture.failedFuture(breaker.refusal());
        }
        Read read = new Read(key, idleMillis, System.nanoTime());
        if (waiting.isEmpty() && enterLane()) {
            new Trip(List.of(read)).send();
            return read;
        }
        waiting.add(read);
        if (enterLane()) {
            nextTrip();
        }
        return read;
    }

    /** The values of {@code keys}, each as {@link #get} answers it, in as few trips as they fill. */
    List<CompletableFuture<byte @Nullable []>> getAll(List<String> keys, long idleMillis) {
        if (keys.size() == 1
                || commands.servers().isCluster()
                || !masters.of(keys.get(0)).breaker().isClosed()) {
            return keys.stream().map(key -> get(key, idleMillis)).toList();
        }
        long now = System.nanoTime();
        List<Read> reads = new ArrayList<>(keys.size());
        for (String key : keys) {
            reads.add(new Read(key, idleMillis, now));
        }
        if (waiting.isEmpty() && reads.size() <= seats && enterLane()) {
            new Trip(reads).send();
        } else {
            waiting.addAll(reads);
            while (!waiting.isEmpty() && enterLane()) {
                nextTrip();
            }
        }
        return List.copyOf(reads);
    }

    /** A trip to several masters would be as slow as the slowest of them (decision 53). */
    private CompletableFuture<byte @Nullable []> getAlone(String key, long idleMillis, ServerRun run) {
        CompletableFuture<byte @Nullable []> answer = new CompletableFuture<>();
        deadlines.limit(answer, deadline, "GET");
        RedisLink.sent(() -> send(key, idleMillis)).whenComplete((value, failure) -> {
            if (failure == null) {
                run.whenKnown(() -> answer.complete(run.trusted(value)), answer::completeExceptionally);
            } else if (RedisCommands.isForeignType(failure)) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private CompletableFuture<byte @Nullable []> send(String key, long idleMillis) {
        return idleMillis == TOUCH_NOTHING ? commands.get(key) : commands.getAndTouch(key, idleMillis);
    }

    private boolean enterLane() {
        int busy = underWay.get();
        while (busy < LANES) {
            if (underWay.compareAndSet(busy, busy + 1)) {
                return true;
            }
            busy = underWay.get();
        }
        return false;
    }

    /** Sends those who wait on the lane that the caller has entered, or leaves it. */
    private void nextTrip() {
        do {
            List<Read> reads = seat();
            if (!reads.isEmpty()) {
                new Trip(reads).send();
                return;
            }
            underWay.decrementAndGet();
            // somebody may have come after the look and found the lane taken
        } while (!waiting.isEmpty() && enterLane());
    }

    private List<Read> seat() {
        List<Read> reads = new ArrayList<>();
        long now = System.nanoTime();
        int most = seats;
        while (reads.size() < most) {
            Read read = waiting.poll();
            if (read == null) {
                break;
            }
            if (now - read.since < deadlineNanos) {
                reads.add(read);
            } else {
                read.completeExceptionally(Deadlines.late("GET", deadline));
            }
        }
        return reads;
    }

    /** One caller's wait. */
    private static final class Read extends CompletableFuture<byte @Nullable []> {
        private final String key;
        private final long idleMillis;
        private final long since;

        Read(String key, long idleMillis, long since) {
            this.key = key;
            this.idleMillis = idleMillis;
            this.since = since;
        }

        boolean touches() {
            return idleMillis != TOUCH_NOTHING;
        }
    }

    /** Those that touch nothing first, as their answers come. */
    private static List<Read> inOrder(List<Read> reads) {
        if (!anyTouches(reads)) {
            return reads;
        }
        List<Read> sorted = new ArrayList<>(reads);
        sorted.sort(Comparator.comparing(Read::touches));
        return sorted;
    }

    private static boolean anyTouches(List<Read> reads) {
        for (Read read : reads) {
            if (read.touches()) {
                return true;
            }
        }
        return false;
    }

    /** Values are as large as the last ones were, as far as anybody can know. */
    private void setSeats(long bytesOfOne) {
        int fit = bytesOfOne == 0 ? MOST_SEATS : (int) Math.max(1, Math.min(MOST_SEATS, FULL_TRIP_BYTES / bytesOfOne));
        if (fit != seats) {
            seats = fit;
        }
    }

    private static long bytes(List<byte @Nullable []> values) {
        long bytes = 0;
        for (byte[] value : values) {
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }

    private final class Trip {
        private final List<Read> reads;
        private final Breaker breaker;
        private final ServerRun run;
        private final long oldest;
        private final AtomicBoolean back = new AtomicBoolean();
        private volatile @Nullable Timeout timeout;
        private long sentAt;

        Trip(List<Read> reads) {
            this.reads = reads.size() == 1 ? reads : inOrder(reads);
            this.oldest = reads.get(0).since;
            Master master = masters.of(reads.get(0).key);
            this.breaker = master.breaker();
            this.run = master.run();
        }

        void send() {
            sentAt = System.nanoTime();
            if (!breaker.isClosed()) {
                fail(breaker.refusal());
                return;
            }
            try {
                long left = oldest + deadlineNanos - System.nanoTime();
                timeout = deadlines.schedule(expired -> late(), left);
                if (reads.size() == 1) {
                    ReadTrips.this
                            .send(reads.get(0).key, reads.get(0).idleMillis)
                            .whenComplete(this::alone);
                } else {
                    sendTogether().whenComplete(this::together);
                }
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private CompletableFuture<List<byte @Nullable []>> sendTogether() {
            int plain = 0;
            while (plain < reads.size() && !reads.get(plain).touches()) {
                plain++;
            }
            String[] keys = new String[plain];
            for (int i = 0; i < plain; i++) {
                keys[i] = reads.get(i).key;
            }
            if (plain == reads.size()) {
                return commands.getAll(keys);
            }
            return commands.getAll(
                    keys,
                    reads.subList(plain, reads.size()).stream()
                            .map(read -> Map.entry(read.key, read.idleMillis))
                            .toList());
        }

        private void alone(byte @Nullable [] value, @Nullable Throwable failure) {
            if (failure != null && !RedisCommands.isForeignType(failure)) {
                lose(failure);
                return;
            }
            breaker.answered(sentAt);
            setSeats(value == null ? 0 : value.length);
            run.whenKnown(
                    () -> {
                        if (comesBack()) {
                            reads.get(0).complete(run.trusted(value));
                        }
                    },
                    this::fail);
        }

        private void together(@Nullable List<byte @Nullable []> values, @Nullable Throwable failure) {
            if (values == null) {
                lose(failure == null ? new IllegalStateException("MGET without an answer") : failure);
                return;
            }
            breaker.answered(sentAt);
            setSeats(bytes(values) / values.size());
            run.whenKnown(
                    () -> {
                        if (comesBack()) {
                            // backwards: who waits for all of them, one after the other, is woken once
                            for (int i = reads.size() - 1; i >= 0; i--) {
                                reads.get(i).complete(run.trusted(values.get(i)));
                            }
                        }
                    },
                    this::fail);
        }

        private void late() {
            lose(Deadlines.late("GET", deadline));
        }

        private void lose(Throwable failure) {
            if (!back.get()) {
                breaker.ended(sentAt, deadline, failure);
            }
            fail(failure);
        }

        private void fail(Throwable failure) {
            if (comesBack()) {
                reads.forEach(read -> read.completeExceptionally(failure));
            }
        }

        /** Frees the lane once; those who wait go before those who came back are told. */
        private boolean comesBack() {
            if (!back.compareAndSet(false, true)) {
                return false;
            }
            Timeout pending = timeout;
            if (pending != null) {
                pending.cancel();
            }
            nextTrip();
            return true;
        }
    }
}
