package io.cacheaside.redisson;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The seven commands of a slot as calls of their scripts, in the ports' words. */
final class SlotScripts {

    private static final long TAKEN = -1;
    private static final long MARKED = -2;

    private final RedisCommands commands;
    private final String clientId;
    private final String channel;
    private final KeyByKey keyByKey;

    SlotScripts(RedisCommands commands, String clientId, String channel) {
        this.commands = commands;
        this.clientId = clientId;
        this.channel = channel;
        this.keyByKey = new KeyByKey(commands, channel);
    }

    CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look) {
        return commands.run(Script.ACQUIRE, SlotKeys.of(key).all(), millis(lease), field(holder), look ? "1" : "0")
                .thenApply(SlotScripts::attempt);
    }

    private static LeaseAttempt attempt(Object answer) {
        if (answer instanceof byte[] frame) {
            return new LeaseAttempt.Found(frame);
        }
        long remaining = (Long) answer;
        if (remaining == MARKED) {
            return LeaseAttempt.Marked.MARKED;
        }
        return remaining == TAKEN
                ? LeaseAttempt.Taken.TAKEN
                : new LeaseAttempt.Busy(Duration.ofMillis(Math.max(1, remaining)));
    }

    CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
        return commands.run(Script.FILL, SlotKeys.of(key).all(), field(holder), frame, millis(ttl), channel)
                .thenApply(SlotScripts::outcome);
    }

    private static FillOutcome outcome(Object answer) {
        return switch (((Long) answer).intValue()) {
            case 1 -> FillOutcome.STORED;
            case 2 -> FillOutcome.MARKED;
            default -> FillOutcome.REVOKED;
        };
    }

    /** True where it was stored. */
    CompletableFuture<Boolean> replace(String key, long holder, byte[] frame, Duration ttl) {
        SlotKeys slot = SlotKeys.of(key);
        return commands.run(Script.REPLACE, slot.all(), field(holder), frame, millis(ttl), channel)
                .thenApply(SlotScripts::isYes)
                .exceptionallyCompose(failure -> RedisCommands.isMoving(failure)
                        ? keyByKey.remove(Removal.of(key), "", "0").thenApply(removed -> false)
                        : CompletableFuture.failedFuture(failure));
    }

    CompletableFuture<Boolean> renew(String key, long holder, Duration lease) {
        SlotKeys slot = SlotKeys.of(key);
        return commands.run(Script.RENEW, List.of(slot.lease(), slot.note()), field(holder), millis(lease))
                .thenApply(SlotScripts::isYes);
    }

    CompletableFuture<Void> release(String key, long holder) {
        return commands.run(Script.RELEASE, SlotKeys.of(key).all(), field(holder), channel)
                .thenApply(freed -> null);
    }

    /** All {@code keys} have the same slot. */
    CompletableFuture<Void> mark(List<String> keys, long token, Duration ttl) {
        return KeyByKey.unlessMoving(
                commands.run(Script.MARK, names(keys.stream()), channel, field(token), millis(ttl)),
                keys,
                key -> keyByKey.mark(key, field(token), millis(ttl)));
    }

    /** All keys have the same slot. */
    CompletableFuture<Void> remove(List<Removal> removals) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(channel);
        if (!removals.stream().allMatch(Removal::isPlain)) {
            removals.forEach(removal -> {
                arguments.add(token(removal));
                arguments.add(millis(removal.settle()));
            });
        }
        return KeyByKey.unlessMoving(
                commands.run(Script.INVALIDATE, names(removals.stream().map(Removal::key)), arguments.toArray()),
                removals,
                removal -> keyByKey.remove(removal, token(removal), millis(removal.settle())));
    }

    private String token(Removal removal) {
        return removal.mark() == Removal.NO_MARK ? "" : field(removal.mark());
    }

    private static List<Object> names(Stream<String> keys) {
        return keys.flatMap(key -> SlotKeys.of(key).all().stream()).toList();
    }

    private String field(long holder) {
        return SlotKeys.owner(clientId, holder);
    }

    private static boolean isYes(Object answer) {
        return (Long) answer == 1;
    }

    private static String millis(Duration duration) {
        return Long.toString(roundedUp(duration));
    }

    static long roundedUp(Duration duration) {
        long millis = duration.toMillis();
        boolean exact = duration.toNanosPart() % 1_000_000 == 0;
        return exact ? millis : millis + 1;
    }
}
