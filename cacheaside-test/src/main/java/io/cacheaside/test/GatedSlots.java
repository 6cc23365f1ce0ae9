package io.cacheaside.test;

import io.cacheaside.spi.StoreWatch;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Slots whose operations a test can hold before they are sent, hold before their reply is seen, lose or fail. Each order
 * concerns the next operation of its kind that has none; without orders everything passes through.
 */
public final class GatedSlots {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** The operations. */
    public enum Operation {
        GET,
        ACQUIRE,
        FILL,
        REPLACE,
        RENEW,
        RELEASE,
        MARK,
        INVALIDATE,
        REMOVE_ALL,
        TAG,
        REMOVE_TAGGED
    }

    private record Order(@Nullable Gate before, @Nullable Gate after, boolean lostRequest, boolean lostReply) {}

    private static final StoreWatch NOBODY = new StoreWatch() {
        @Override
        public void removalsInDoubt(Predicate<String> keys) {}

        @Override
        public void answersAgain() {}
    };

    private final Slots target;
    private final Map<Operation, Queue<Order>> orders = new EnumMap<>(Operation.class);
    private final Map<Operation, Gate> held = new ConcurrentHashMap<>();
    private final Map<Operation, AtomicInteger> answered = new EnumMap<>(Operation.class);
    private final Map<String, Long> leases = new ConcurrentHashMap<>();
    private volatile Predicate<String> cutOff = key -> false;
    private volatile StoreWatch watch = NOBODY;
    private volatile boolean renewals = true;
    private volatile boolean dead;
    private volatile boolean forgetsTags;

    /** Slots that pass everything on to {@code target}. */
    public GatedSlots(Slots target) {
        this.target = target;
        for (Operation operation : Operation.values()) {
            orders.put(operation, new ConcurrentLinkedQueue<>());
            answered.put(operation, new AtomicInteger());
        }
    }

    /** Holds the next {@code operation} before it is sent. */
    public Gate holdBeforeSend(Operation operation) {
        Gate gate = new Gate(operation + " before send");
        order(operation, new Order(gate, null, false, false));
        return gate;
    }

    /** Holds every {@code operation} that has no order of its own before it is sent, retries too. */
    public Gate holdAllBeforeSend(Operation operation) {
        Gate gate = new Gate("each " + operation + " before send");
        held.put(operation, gate);
        return gate;
    }

    /** Lets the next {@code operation} execute and holds its reply. */
    public Gate holdReply(Operation operation) {
        Gate gate = new Gate(operation + " reply");
        order(operation, new Order(null, gate, false, false));
        return gate;
    }

    /** The next {@code operation} is never executed and fails as late. */
    public void loseRequest(Operation operation) {
        order(operation, new Order(null, null, true, false));
    }

    /** The next {@code operation} is executed and fails as late. */
    public void loseReply(Operation operation) {
        order(operation, new Order(null, null, false, true));
    }

    /** Neither lease nor mark is prolonged any more, as by a JVM that stands still. */
    public void stopRenewals() {
        renewals = false;
    }

    /** Acknowledges what is registered under tags from now on, and loses it, as a server that evicts their indexes. */
    public void forgetTags(boolean forget) {
        forgetsTags = forget;
    }

    /** Nothing is sent any more, as by a JVM that was killed; what a gate holds was sent before. */
    public void kill() {
        dead = true;
    }

    /**
     * Cuts the way to the master of the keys that {@code keys} accepts: nothing of them is executed or answered. The other
     * keys' masters answer.
     */
    public void cutOff(Predicate<String> keys) {
        cutOff = keys;
    }

    /** Mends what {@link #cutOff} has cut, and tells so where {@code told}. */
    public void reconnect(boolean told) {
        cutOff = key -> false;
        if (told) {
            watch.answersAgain();
        }
    }

    /**
     * Tells that acknowledged removals of the keys that {@code keys} accepts may be undone, as after a failover. What the
     * new master has instead is for the test to put there.
     */
    public void failOver(Predicate<String> keys) {
        watch.removalsInDoubt(keys);
    }

    /** Puts {@code frame} under {@code key}, as the master that takes over has it, whatever was there. */
    public void revive(String key, byte[] frame) {
        long holder = ThreadLocalRandom.current().nextLong();
        target.leases().acquire(key, holder, LONG, false).join();
        target.store().fill(key, holder, frame, LONG).join();
    }

    /** Gives the lease of {@code key} back to the flight of this JVM that asked for it last. */
    public void reviveLease(String key) {
        target.leases().acquire(key, leases.getOrDefault(key, 0L), LONG, false).join();
    }

    /** How many operations of this kind have been answered. */
    public int answered(Operation operation) {
        return counter(operation).get();
    }

    /** The gated ports. */
    public Slots slots() {
        return new Slots(new GatedStore(this, target.store()), new GatedLeases(this, target.leases()));
    }

    boolean isCutOff(String key) {
        return cutOff.test(key);
    }

    boolean renews() {
        return renewals;
    }

    boolean forgetsTags() {
        return forgetsTags;
    }

    /** {@code holder} has asked for the lease of {@code key}. */
    void noteHolder(String key, long holder) {
        leases.put(key, holder);
    }

    /** Who is told of changes of masters from now on. */
    void tell(StoreWatch told) {
        watch = told;
    }

    private void order(Operation operation, Order order) {
        queue(operation).add(order);
    }

    private Queue<Order> queue(Operation operation) {
        Queue<Order> queue = orders.get(operation);
        if (queue == null) {
            throw new IllegalStateException(operation.name());
        }
        return queue;
    }

    private AtomicInteger counter(Operation operation) {
        AtomicInteger counter = answered.get(operation);
        if (counter == null) {
            throw new IllegalStateException(operation.name());
        }
        return counter;
    }

    static <T> CompletableFuture<T> stopped() {
        return CompletableFuture.failedFuture(new TimeoutException("stopped by the test"));
    }

    <T> CompletableFuture<T> through(Operation operation, String key, Supplier<CompletableFuture<T>> send) {
        return through(operation, () -> cutOff.test(key) ? stopped() : send.get());
    }

    <T> CompletableFuture<T> through(Operation operation, Supplier<CompletableFuture<T>> send) {
        if (dead) {
            return stopped();
        }
        CompletableFuture<T> reply = ordered(nextOrder(operation), send);
        return reply.whenComplete((value, failure) -> counter(operation).incrementAndGet());
    }

    /** True where no order concerns any of {@code keys}; else each goes on its own. */
    boolean passesTogether(Operation operation, Stream<String> keys) {
        return !dead && queue(operation).isEmpty() && !held.containsKey(operation) && keys.noneMatch(cutOff);
    }

    void count(Operation operation, int answers) {
        counter(operation).addAndGet(answers);
    }

    <T> List<CompletableFuture<T>> counted(Operation operation, List<CompletableFuture<T>> answers) {
        answers.forEach(answer ->
                answer.whenComplete((value, failure) -> counter(operation).incrementAndGet()));
        return answers;
    }

    private Order nextOrder(Operation operation) {
        Order order = queue(operation).poll();
        return order != null ? order : new Order(held.get(operation), null, false, false);
    }

    private static <T> CompletableFuture<T> ordered(Order order, Supplier<CompletableFuture<T>> send) {
        if (order.lostRequest()) {
            return CompletableFuture.failedFuture(new TimeoutException("request lost by the test"));
        }
        Gate before = order.before();
        Gate after = order.after();
        CompletableFuture<T> reply =
                before == null ? send.get() : before.passAsync().thenCompose(open -> send.get());
        if (order.lostReply()) {
            return reply.thenCompose(
                    value -> CompletableFuture.failedFuture(new TimeoutException("reply lost by the test")));
        }
        return after == null
                ? reply
                : reply.thenCompose(value -> after.passAsync().thenApply(open -> value));
    }
}
