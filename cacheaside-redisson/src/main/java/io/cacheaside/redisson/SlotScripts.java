package io.cacheaside.redisson;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The seven commands of a slot, and the one of an index, as calls of their scripts, in the ports' words. */
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

    /** All keys have the same slot, here and below; the answers stand in the order of {@code claims}. */
    CompletableFuture<List<LeaseAttempt>> acquire(List<Claim> claims, Duration lease, boolean look) {
        return commands.run(Script.ACQUIRE, names(claims, Claim::key), holders(claims, millis(lease), look ? "1" : "0"))
                .thenApply(answers -> each(answers, SlotScripts::attempt));
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

    CompletableFuture<List<FillOutcome>> fill(List<Fill> fills) {
        List<Object> arguments = new ArrayList<>(1 + 3 * fills.size());
        arguments.add(channel);
        for (Fill fill : fills) {
            arguments.add(field(fill.holder()));
            arguments.add(fill.frame());
            arguments.add(millis(fill.ttl()));
        }
        return commands.run(Script.FILL, names(fills, Fill::key), arguments.toArray())
                .thenApply(answers -> each(answers, SlotScripts::outcome));
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

    CompletableFuture<List<Boolean>> renew(List<Claim> claims, Duration lease) {
        List<Object> names = new ArrayList<>(2 * claims.size());
        for (Claim claim : claims) {
            SlotKeys slot = SlotKeys.of(claim.key());
            names.add(slot.lease());
            names.add(slot.note());
        }
        return commands.run(Script.RENEW, names, holders(claims, millis(lease)))
                .thenApply(answers -> each(answers, SlotScripts::isYes));
    }

    CompletableFuture<Void> release(List<Claim> claims) {
        return commands.run(Script.RELEASE, names(claims, Claim::key), holders(claims, channel))
                .thenApply(freed -> null);
    }

    CompletableFuture<Void> mark(List<String> keys, long token, Duration ttl) {
        return KeyByKey.unlessMoving(
                commands.run(Script.MARK, names(keys, Function.identity()), channel, field(token), millis(ttl)),
                keys,
                key -> keyByKey.mark(key, field(token), millis(ttl)));
    }

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
                commands.run(Script.INVALIDATE, names(removals, Removal::key), arguments.toArray()),
                removals,
                removal -> keyByKey.remove(removal, token(removal), millis(removal.settle())));
    }

    /** All indexes have the same slot. */
    CompletableFuture<Void> tag(List<TagIndexes.Members> members, Duration life) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(millis(life));
        for (TagIndexes.Members some : members) {
            arguments.add(Integer.toString(some.keys().size()));
            arguments.addAll(some.keys());
        }
        List<Object> indexes =
                members.stream().<Object>map(TagIndexes.Members::index).toList();
        return commands.run(Script.TAG, indexes, arguments.toArray()).thenApply(registered -> null);
    }

    /** {@code first}, then the lock names of all holders. */
    private Object[] holders(List<Claim> claims, String... first) {
        Object[] arguments = Arrays.copyOf(first, first.length + claims.size(), Object[].class);
        for (int i = 0; i < claims.size(); i++) {
            arguments[first.length + i] = field(claims.get(i).holder());
        }
        return arguments;
    }

    private static <A> List<A> each(Object answers, Function<Object, A> meaning) {
        List<?> all = (List<?>) answers;
        List<A> meant = new ArrayList<>(all.size());
        for (Object one : all) {
            meant.add(meaning.apply(one));
        }
        return meant;
    }

    private String token(Removal removal) {
        return removal.mark() == Removal.NO_MARK ? "" : field(removal.mark());
    }

    /** The names of the slots of all keys. */
    private static <T> List<Object> names(List<T> all, Function<T, String> key) {
        List<Object> names = new ArrayList<>(4 * all.size());
        for (T one : all) {
            names.addAll(SlotKeys.of(key.apply(one)).all());
        }
        return names;
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
