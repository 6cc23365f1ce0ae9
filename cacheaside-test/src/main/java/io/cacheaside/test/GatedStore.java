package io.cacheaside.test;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.SlotState;
import io.cacheaside.spi.StoreWatch;
import io.cacheaside.test.GatedSlots.Operation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that follows what a test has ordered from its {@link GatedSlots}. */
final class GatedStore implements CacheStore {

    private final GatedSlots gates;
    private final CacheStore target;

    GatedStore(GatedSlots gates, CacheStore target) {
        this.gates = gates;
        this.target = target;
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return gates.through(Operation.GET, key, () -> target.get(key));
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAndTouch(String key, Duration idle) {
        return gates.through(Operation.GET, key, () -> target.getAndTouch(key, idle));
    }

    @Override
    public List<CompletableFuture<byte @Nullable []>> getAll(List<String> keys, @Nullable Duration idle) {
        return gates.passesTogether(Operation.GET, keys.stream())
                ? gates.counted(Operation.GET, target.getAll(keys, idle))
                : CacheStore.super.getAll(keys, idle);
    }

    @Override
    public CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
        return gates.through(Operation.FILL, key, () -> target.fill(key, holder, frame, ttl));
    }

    @Override
    public List<CompletableFuture<FillOutcome>> fillAll(List<Fill> fills) {
        return gates.passesTogether(Operation.FILL, fills.stream().map(Fill::key))
                ? gates.counted(Operation.FILL, target.fillAll(fills))
                : CacheStore.super.fillAll(fills);
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, long holder, byte[] frame, Duration ttl) {
        return gates.through(Operation.REPLACE, key, () -> target.replace(key, holder, frame, ttl));
    }

    @Override
    public CompletableFuture<Void> mark(Collection<String> keys, long token, Duration ttl) {
        return gates.renews()
                ? gates.through(Operation.MARK, () -> target.mark(keys, token, ttl))
                : GatedSlots.stopped();
    }

    @Override
    public CompletableFuture<Void> remove(Collection<Removal> removals) {
        return remove(removals, acknowledged -> {});
    }

    @Override
    public CompletableFuture<Void> remove(
            Collection<Removal> removals, Consumer<? super Collection<Removal>> acknowledged) {
        return gates.through(Operation.INVALIDATE, () -> {
                    List<Removal> reached = removals.stream()
                            .filter(removal -> !gates.isCutOff(removal.key()))
                            .toList();
                    return target.remove(reached).thenCompose(done -> {
                        if (reached.size() == removals.size()) {
                            return CompletableFuture.completedFuture(null);
                        }
                        acknowledged.accept(reached);
                        return GatedSlots.stopped();
                    });
                })
                .thenRun(() -> acknowledged.accept(removals));
    }

    @Override
    public CompletableFuture<Void> removeAll(String prefix) {
        return gates.through(Operation.REMOVE_ALL, prefix, () -> target.removeAll(prefix));
    }

    @Override
    public CompletableFuture<SlotState> stateOf(String key) {
        return target.stateOf(key);
    }

    @Override
    public Map<String, CompletableFuture<Void>> tag(
            Map<String, ? extends Collection<String>> keysByTag, Duration life) {
        boolean lost = gates.forgetsTags();
        Map<String, CompletableFuture<Void>> answers = new HashMap<>();
        CompletableFuture<Map<String, CompletableFuture<Void>>> all = gates.through(Operation.TAG, () -> {
            Map<String, CompletableFuture<Void>> sent = lost ? Map.of() : target.tag(keysByTag, life);
            return CompletableFuture.allOf(sent.values().toArray(CompletableFuture<?>[]::new))
                    .handle((done, failure) -> sent);
        });
        keysByTag
                .keySet()
                .forEach(tag -> answers.put(
                        tag,
                        gates.isCutOff(tag)
                                ? GatedSlots.stopped()
                                : all.thenCompose(
                                        sent -> sent.getOrDefault(tag, CompletableFuture.completedFuture(null)))));
        return answers;
    }

    @Override
    public CompletableFuture<Void> removeTagged(String tag) {
        return gates.through(Operation.REMOVE_TAGGED, tag, () -> target.removeTagged(tag));
    }

    @Override
    public void watch(StoreWatch told) {
        gates.tell(told);
        target.watch(told);
    }
}
