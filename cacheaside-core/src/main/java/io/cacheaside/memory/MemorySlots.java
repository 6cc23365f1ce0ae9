package io.cacheaside.memory;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.SlotState;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slot a key in this JVM's memory, with the answers that the Redis adapter gives. For tests and for applications of
 * a single process. Every operation is atomic per key and answered before it returns. Expired slots are removed when
 * the table has doubled; there is no other bound.
 */
public final class MemorySlots {

    private static final Logger LOG = LoggerFactory.getLogger(MemorySlots.class);
    private static final int FIRST_SWEEP = 1_024;

    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Map<String, Long>> tagged = new ConcurrentHashMap<>();
    private final AtomicInteger sweepAt = new AtomicInteger(FIRST_SWEEP);
    private final Ticker ticker;
    private final CacheStore store = new MemoryStore();
    private final Leases leases = new MemoryLeases();

    /** Empty slots whose lifetimes run on {@code ticker}. */
    public MemorySlots(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The values of these slots. */
    public CacheStore store() {
        return store;
    }

    /** The leases of these slots. */
    public Leases leases() {
        return leases;
    }

    /** Compared by identity: the same callback may wait twice. */
    private static final class Waiter {

        private final Runnable wake;

        Waiter(Runnable wake) {
            this.wake = wake;
        }

        void wake() {
            try {
                wake.run();
            } catch (RuntimeException e) {
                LOG.warn("A waiter failed when it was woken", e);
            }
        }
    }

    /** Applies {@code step} to the live slot of {@code key}, atomically, and answers the slot before the step. */
    private Slot step(String key, Function<Slot, Slot> step) {
        Slot[] before = {Slot.EMPTY};
        slots.compute(key, (k, stored) -> {
            before[0] = stored == null ? Slot.EMPTY : stored.at(ticker.nanos());
            Slot after = step.apply(before[0]);
            return after.isEmpty() ? null : after;
        });
        sweep();
        return before[0];
    }

    private void sweep() {
        int limit = sweepAt.get();
        if (slots.mappingCount() > limit && sweepAt.compareAndSet(limit, Integer.MAX_VALUE)) {
            long now = ticker.nanos();
            slots.values().removeIf(slot -> slot.at(now).isEmpty());
            sweepAt.set(Math.max(FIRST_SWEEP, 2 * slots.size()));
        }
    }

    private void wake(String key) {
        waiters.getOrDefault(key, Set.of()).forEach(Waiter::wake);
    }

    private static <T> CompletableFuture<T> answer(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private final class MemoryStore implements CacheStore {

        @Override
        public CompletableFuture<byte @Nullable []> get(String key) {
            Slot slot = slots.get(key);
            byte[] value = slot == null ? null : slot.at(ticker.nanos()).value();
            return CompletableFuture.completedFuture(value == null ? null : value.clone());
        }

        @Override
        public CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle) {
            long end = ticker.nanos() + idle.toNanos();
            byte[] value = step(key, slot -> slot.touched(end)).value();
            return CompletableFuture.completedFuture(value == null ? null : value.clone());
        }

        @Override
        public CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
            byte[] copy = frame.clone();
            long end = ticker.nanos() + ttl.toNanos();
            Slot before = step(key, slot -> slot.heldBy(holder) ? slot.filled(copy, end) : slot);
            if (before.heldBy(holder)) {
                wake(key);
            }
            return answer(
                    before.marks().stand()
                            ? FillOutcome.MARKED
                            : before.heldBy(holder) ? FillOutcome.STORED : FillOutcome.REVOKED);
        }

        @Override
        public CompletableFuture<Boolean> replace(String key, long holder, byte[] frame, Duration ttl) {
            byte[] copy = frame.clone();
            long end = ticker.nanos() + ttl.toNanos();
            Slot before = step(
                    key, slot -> slot.isFillableBy(holder) ? slot.replaced(copy, end) : slot.removed(slot.marks()));
            if (before.leased()) {
                wake(key);
            }
            return answer(before.isFillableBy(holder));
        }

        @Override
        public CompletableFuture<Void> mark(Collection<String> keys, long token, Duration ttl) {
            long end = ticker.nanos() + ttl.toNanos();
            return remove(keys, Function.identity(), (key, slot) -> slot.marks().with(token, end));
        }

        @Override
        public CompletableFuture<Void> remove(Collection<Removal> removals) {
            long now = ticker.nanos();
            return remove(
                    removals, Removal::key, (removal, slot) -> slot.marks().after(removal, now));
        }

        @Override
        public CompletableFuture<Void> removeAll(String prefix) {
            // a key's lease and value are one slot, so a fill cannot escape from one pass
            List<String> keys = slots.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .toList();
            return invalidate(keys);
        }

        @Override
        public CompletableFuture<SlotState> stateOf(String key) {
            long now = ticker.nanos();
            return answer(slots.getOrDefault(key, Slot.EMPTY).at(now).state(now));
        }

        @Override
        public Map<String, CompletableFuture<Void>> tag(
                Map<String, ? extends Collection<String>> keysByTag, Duration life) {
            long now = ticker.nanos();
            Map<String, CompletableFuture<Void>> answers = new HashMap<>();
            keysByTag.forEach((tag, keys) -> {
                tagged.compute(tag, (name, members) -> registered(members, keys, now, now + life.toNanos()));
                answers.put(tag, CompletableFuture.completedFuture(null));
            });
            return answers;
        }

        @Override
        public CompletableFuture<Void> removeTagged(String tag) {
            return invalidate(tagged.getOrDefault(tag, Map.of()).keySet());
        }

        /** A map of its own, so that nobody needs a lock to read one. */
        private static Map<String, Long> registered(
                @Nullable Map<String, Long> members, Collection<String> keys, long now, long end) {
            Map<String, Long> next = new HashMap<>(members == null ? Map.of() : members);
            next.values().removeIf(over -> over - now <= 0);
            keys.forEach(key -> next.merge(key, end, (one, other) -> one - other > 0 ? one : other));
            return next;
        }

        private <T> CompletableFuture<Void> remove(
                Collection<T> all, Function<T, String> key, BiFunction<T, Slot, Marks> left) {
            for (T one : all) {
                if (step(key.apply(one), slot -> slot.removed(left.apply(one, slot)))
                        .leased()) {
                    wake(key.apply(one));
                }
            }
            return CompletableFuture.completedFuture(null);
        }
    }

    private final class MemoryLeases implements Leases {

        @Override
        public CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look) {
            long now = ticker.nanos();
            Slot before = step(
                    key,
                    slot -> !slot.leasableBy(holder) || (look && slot.value() != null)
                            ? slot
                            : slot.withLease(holder, now + lease.toNanos()));
            byte[] value = before.value();
            if (look && value != null) {
                return answer(new LeaseAttempt.Found(value.clone()));
            }
            if (before.marks().stand()) {
                return answer(LeaseAttempt.Marked.MARKED);
            }
            return answer(
                    before.leasableBy(holder)
                            ? LeaseAttempt.Taken.TAKEN
                            : new LeaseAttempt.Busy(Duration.ofNanos(before.leaseEnd() - now)));
        }

        @Override
        public CompletableFuture<Boolean> renew(String key, long holder, Duration lease) {
            long end = ticker.nanos() + lease.toNanos();
            return answer(step(key, slot -> slot.heldBy(holder) ? slot.withLease(holder, end) : slot)
                    .heldBy(holder));
        }

        @Override
        public CompletableFuture<Void> release(String key, long holder) {
            if (step(key, slot -> slot.heldBy(holder) ? slot.withoutLease() : slot)
                    .heldBy(holder)) {
                wake(key);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Registration onWakeUp(String key, Runnable wake) {
            Waiter waiter = new Waiter(wake);
            waiters.compute(key, (k, waiting) -> {
                Set<Waiter> all = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
                all.add(waiter);
                return all;
            });
            return () -> waiters.computeIfPresent(key, (k, waiting) -> {
                waiting.remove(waiter);
                return waiting.isEmpty() ? null : waiting;
            });
        }

        @Override
        public Duration longestWait() {
            return Duration.ofSeconds(1);
        }
    }
}
