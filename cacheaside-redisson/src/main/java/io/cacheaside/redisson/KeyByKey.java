package io.cacheaside.redisson;

import io.cacheaside.spi.Removal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Removals and marks in steps that name one key each. While a cluster moves a slot, its keys may be on two nodes; then
 * neither runs a script that names several of them (TRYAGAIN), but each command of one key finds its way.
 *
 * <ol>
 *   <li>Marks come first, so that a settling key takes nothing between the removal and its mark, and a marked one nothing
 *       at all. Whoever stores looks at all keys of the slot in one script, so nobody stores without having seen the mark.
 *   <li>The lease goes before the value. The other way round a holder from before could fill between the two, once the
 *       slot has arrived. Who takes the lease after it is gone began to load after the write.
 *   <li>Each step only removes or marks, so that a part of them, repeated or late, is as harmless as the whole.
 * </ol>
 */
final class KeyByKey {

    private final RedisCommands commands;
    private final String channel;

    KeyByKey(RedisCommands commands, String channel) {
        this.commands = commands;
        this.channel = channel;
    }

    /** The answer of {@code script}, or of {@code steps} for each of {@code all} where the slot moves. */
    static <T> CompletableFuture<Void> unlessMoving(
            CompletableFuture<Object> script, List<T> all, Function<T, CompletableFuture<Void>> steps) {
        return script.<Void>thenApply(done -> null).exceptionallyCompose(failure -> {
            if (!RedisCommands.isMoving(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            return CompletableFuture.allOf(all.stream().map(steps).toArray(CompletableFuture<?>[]::new));
        });
    }

    CompletableFuture<Void> remove(Removal removal, String token, String settle) {
        SlotKeys slot = SlotKeys.of(removal.key());
        if (removal.isPlain()) {
            return clear(slot);
        }
        return commands.run(Script.INVALIDATE, List.of(slot.marks()), channel, token, settle)
                .thenCompose(changed -> clear(slot));
    }

    CompletableFuture<Void> mark(String key, String token, String ttl) {
        SlotKeys slot = SlotKeys.of(key);
        return commands.run(Script.MARK, List.of(slot.marks()), channel, token, ttl)
                .thenCompose(marked -> clear(slot));
    }

    private CompletableFuture<Void> clear(SlotKeys slot) {
        return commands.delete(slot.lease())
                .thenCompose(revoked -> commands.delete(slot.value()))
                .thenAccept(removed -> wake(slot));
    }

    /** Nobody waits for this: who is not woken looks again soon. */
    private void wake(SlotKeys slot) {
        commands.delete(slot.note()).thenAccept(noted -> {
            if (noted == 1) {
                commands.publish(channel, slot.value());
            }
        });
    }
}
