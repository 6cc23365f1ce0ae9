package io.cacheaside.redisson;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.SlotState;
import io.cacheaside.spi.StoreWatch;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values in Redis: read in common trips, changed by scripts only. */
final class RedissonCacheStore implements CacheStore {

    private static final long NO_EXPIRY = -1;

    private final SlotScripts scripts;
    private final RedissonPolicy policy;
    private final RedisCommands commands;
    private final RedisLink link;
    private final Deadlines deadlines;
    private final Masters masters;
    private final Eviction eviction;
    private final SlotGroups groups;
    private final ReadTrips trips;
    private final TagIndexes indexes;

    RedissonCacheStore(
            SlotScripts scripts,
            RedissonPolicy policy,
            RedisCommands commands,
            RedisLink link,
            Deadlines deadlines,
            Masters masters,
            Eviction eviction,
            SlotGroups groups) {
        this.scripts = scripts;
        this.policy = policy;
        this.commands = commands;
        this.link = link;
        this.deadlines = deadlines;
        this.masters = masters;
        this.eviction = eviction;
        this.groups = groups;
        trips = new ReadTrips(commands, deadlines, masters, policy.read());
        indexes = new TagIndexes(scripts, commands.servers(), link, deadlines, masters, eviction, policy.lease());
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return read(key, ReadTrips.TOUCH_NOTHING);
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle) {
        return read(key, SlotScripts.roundedUp(idle));
    }

    @Override
    public List<CompletableFuture<byte @Nullable []>> getAll(List<String> keys, @Nullable Duration idle) {
        long idleMillis = idle == null ? ReadTrips.TOUCH_NOTHING : SlotScripts.roundedUp(idle);
        return link.isOpen() && !keys.isEmpty()
                ? trips.getAll(keys, idleMillis)
                : keys.stream().map(key -> read(key, idleMillis)).toList();
    }

    private CompletableFuture<byte @Nullable []> read(String key, long idleMillis) {
        if (link.isOpen()) {
            return trips.get(key, idleMillis);
        }
        CompletableFuture<byte @Nullable []> answer = link.whenOpen(() -> trips.get(key, idleMillis));
        return deadlines.limit(answer, policy.read(), "GET");
    }

    @Override
    public void watch(StoreWatch watch) {
        masters.watch(watch);
    }

    @Override
    public CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
        return SlotGroups.only(fillTogether(List.of(new Fill(key, holder, frame, ttl))));
    }

    @Override
    public List<CompletableFuture<FillOutcome>> fillAll(List<Fill> fills) {
        // what may travel together is known once Redis has answered
        return link.isOpen()
                ? groups.ask(fills, Fill::key, fill -> fill.frame().length, this::fillTogether)
                : CacheStore.super.fillAll(fills);
    }

    private CompletableFuture<List<FillOutcome>> fillTogether(List<Fill> fills) {
        String key = fills.get(0).key();
        return masters.of(key).breaker().guard(policy.fill(), () -> {
            // a master that has just taken over may have let in what a removal had revoked: the watch is told of it
            // first
            CompletableFuture<List<FillOutcome>> answer = link.whenOpen(() -> scripts.fill(fills))
                    .thenCompose(outcomes -> masters.of(key).run().known().thenApply(known -> outcomes));
            return deadlines.limit(answer, policy.fill(), "FILL");
        });
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, long holder, byte[] frame, Duration ttl) {
        CompletableFuture<Boolean> answer = link.whenOpen(() -> scripts.replace(key, holder, frame, ttl));
        return limited(answer, Stream.of(key), "REPLACE");
    }

    @Override
    public CompletableFuture<Void> mark(Collection<String> keys, long token, Duration ttl) {
        eviction.endangersMarks();
        CompletableFuture<Void> answer =
                link.whenOpen(() -> each(keys, Function.identity(), group -> scripts.mark(group, token, ttl)));
        return limited(answer, keys.stream(), "MARK");
    }

    @Override
    public CompletableFuture<Void> remove(Collection<Removal> removals) {
        return remove(removals, acknowledged -> {});
    }

    @Override
    public CompletableFuture<Void> remove(
            Collection<Removal> removals, Consumer<? super Collection<Removal>> acknowledged) {
        if (!removals.stream().allMatch(removal -> removal.settle().isZero())) {
            eviction.endangersMarks();
        }
        CompletableFuture<Void> answer = link.whenOpen(() ->
                each(removals, Removal::key, group -> scripts.remove(group).thenRun(() -> acknowledged.accept(group))));
        return limited(answer, removals.stream().map(Removal::key), "INVALIDATE");
    }

    @Override
    public CompletableFuture<Void> removeAll(String prefix) {
        SweepProgress progress = new SweepProgress(prefix + "*", Ticker.system());
        Sweep sweep =
                new Sweep(commands, deadlines, masters, policy.invalidate(), this::invalidateNow, prefix, progress);
        return opened("SCAN").thenCompose(opened -> sweep.start());
    }

    /** Completes when commands may be sent. */
    private CompletableFuture<@Nullable Void> opened(String command) {
        CompletableFuture<@Nullable Void> open = link.whenOpen(() -> CompletableFuture.completedFuture(null));
        return deadlines.limit(open, policy.invalidate(), command);
    }

    @Override
    public CompletableFuture<SlotState> stateOf(String key) {
        SlotKeys slot = SlotKeys.of(key);
        CompletableFuture<SlotState> answer = link.whenOpen(() -> {
            CompletableFuture<Long> lease = commands.remaining(key, slot.lease());
            CompletableFuture<Long> mark = commands.remaining(key, slot.marks());
            return commands.remaining(key, slot.value())
                    .thenCombine(lease, (value, held) -> new SlotState(left(value), left(held), null))
                    .thenCombine(mark, (state, marked) -> new SlotState(state.value(), state.lease(), left(marked)));
        });
        return deadlines.limit(answer, policy.read(), "PTTL");
    }

    private static @Nullable Duration left(long millis) {
        if (millis < 0) {
            return millis == NO_EXPIRY ? ChronoUnit.FOREVER.getDuration() : null;
        }
        return Duration.ofMillis(millis);
    }

    @Override
    public Map<String, CompletableFuture<Void>> tag(
            Map<String, ? extends Collection<String>> keysByTag, Duration life) {
        return indexes.register(keysByTag, life);
    }

    @Override
    public CompletableFuture<Void> removeTagged(String tag) {
        eviction.endangersTags();
        SweepProgress progress = new SweepProgress("all of tag " + tag, Ticker.system());
        TagSweep sweep =
                new TagSweep(commands, deadlines, masters, policy.invalidate(), this::invalidateNow, tag, progress);
        return opened("ZSCAN").thenCompose(opened -> sweep.start());
    }

    private CompletableFuture<Void> invalidateNow(List<String> keys) {
        List<Removal> removals = keys.stream().map(Removal::of).toList();
        return RedisLink.sent(() -> each(removals, Removal::key, scripts::remove));
    }

    /** A writer waits until the timeout, but briefly where a master is known not to answer. */
    private <T> CompletableFuture<T> limited(CompletableFuture<T> answer, Stream<String> keys, String command) {
        deadlines.limit(answer, policy.invalidate(), command);
        keys.map(key -> masters.of(key).breaker()).distinct().forEach(breaker -> breaker.hasten(answer, command));
        return answer;
    }

    /** Sends {@code all} in groups that one script each may name, all at once. */
    private <T> CompletableFuture<Void> each(
            Collection<T> all, Function<T, String> key, Function<List<T>, CompletableFuture<Void>> script) {
        return CompletableFuture.allOf(groups.of(all, key).stream().map(script).toArray(CompletableFuture<?>[]::new));
    }
}
