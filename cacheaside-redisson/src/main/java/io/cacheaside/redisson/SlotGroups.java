package io.cacheaside.redisson;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Sends what concerns many keys in groups that one script each may name: of one slot, and soon over. */
final class SlotGroups {

    /** A script runs alone in Redis; this many keys take it about a millisecond or two. */
    private static final int KEYS_PER_SCRIPT = 256;

    /** Redis keeps a command in memory until all of it is there. */
    private static final int BYTES_PER_SCRIPT = 1 << 20;

    private final Servers servers;

    SlotGroups(Servers servers) {
        this.servers = servers;
    }

    /** {@code all}, each once. */
    <T> List<List<T>> of(Collection<T> all, Function<T, String> key) {
        return of(new LinkedHashSet<>(all), key, one -> 0);
    }

    private <T> List<List<T>> of(Collection<T> all, Function<T, String> key, ToIntFunction<T> bytes) {
        Map<Object, Group<T>> open = new HashMap<>();
        List<List<T>> groups = new ArrayList<>();
        for (T one : all) {
            Object slot = servers.groupOf(key.apply(one));
            int size = bytes.applyAsInt(one);
            Group<T> group = open.get(slot);
            if (group == null || !group.takes(size)) {
                group = new Group<>();
                open.put(slot, group);
                groups.add(group.members);
            }
            group.add(one, size);
        }
        return groups;
    }

    private static final class Group<T> {

        private final List<T> members = new ArrayList<>();
        private long bytes;

        boolean takes(int size) {
            return members.size() < KEYS_PER_SCRIPT && bytes + size <= BYTES_PER_SCRIPT;
        }

        void add(T one, int size) {
            members.add(one);
            bytes += size;
        }
    }

    private record Asked<T, A>(T what, CompletableFuture<A> answer) {}

    /** The answers to {@code all} in their order; {@code bytes}: how large what one adds to a command is. */
    <T, A> List<CompletableFuture<A>> ask(
            List<T> all,
            Function<T, String> key,
            ToIntFunction<T> bytes,
            Function<List<T>, CompletableFuture<List<A>>> send) {
        List<Asked<T, A>> asked = new ArrayList<>(all.size());
        List<CompletableFuture<A>> answers = new ArrayList<>(all.size());
        for (T one : all) {
            CompletableFuture<A> answer = new CompletableFuture<>();
            asked.add(new Asked<>(one, answer));
            answers.add(answer);
        }
        of(asked, one -> key.apply(one.what), one -> bytes.applyAsInt(one.what)).forEach(group -> ask(group, send));
        return answers;
    }

    /** The answer to what was sent alone; it fails with what that failed with. */
    static <A> CompletableFuture<A> only(CompletableFuture<List<A>> answers) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        answers.whenComplete((all, failure) -> {
            if (failure == null) {
                answer.complete(all.get(0));
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private <T, A> void ask(List<Asked<T, A>> group, Function<List<T>, CompletableFuture<List<A>>> send) {
        send.apply(group.stream().map(Asked::what).toList()).whenComplete((answers, failure) -> {
            if (failure == null && answers.size() != group.size()) {
                Throwable foreign = new IllegalStateException(
                        "Redis has given " + answers.size() + " answers to a script of " + group.size() + " keys");
                group.forEach(one -> one.answer.completeExceptionally(foreign));
            } else if (failure == null) {
                // backwards: who waits for all of them, one after the other, is woken once
                for (int i = group.size() - 1; i >= 0; i--) {
                    group.get(i).answer.complete(answers.get(i));
                }
            } else if (group.size() > 1 && RedisCommands.concernsOneKey(failure)) {
                group.forEach(one -> ask(List.of(one), send));
            } else {
                group.forEach(one -> one.answer.completeExceptionally(failure));
            }
        });
    }
}
