package io.cacheaside.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The indexes of tags: a sorted set each, of keys that lie anywhere, scored by the end of their registration. */
final class TagIndexes {

    /** A script runs alone in Redis; to register this many keys takes it well under a millisecond. */
    private static final int KEYS_PER_SCRIPT = 256;

    private final SlotScripts scripts;
    private final Servers servers;
    private final RedisLink link;
    private final Deadlines deadlines;
    private final Masters masters;
    private final Eviction eviction;
    private final Duration deadline;

    /** {@code deadline} is that of a registration, which a load waits for. */
    TagIndexes(
            SlotScripts scripts,
            Servers servers,
            RedisLink link,
            Deadlines deadlines,
            Masters masters,
            Eviction eviction,
            Duration deadline) {
        this.scripts = scripts;
        this.servers = servers;
        this.link = link;
        this.deadlines = deadlines;
        this.masters = masters;
        this.eviction = eviction;
        this.deadline = deadline;
    }

    /** Keys of one tag, no more than one script may name. */
    record Members(String index, List<String> keys) {}

    Map<String, CompletableFuture<Void>> register(Map<String, ? extends Collection<String>> keysByTag, Duration life) {
        eviction.endangersTags();
        Map<String, List<CompletableFuture<Void>>> sent = new HashMap<>();
        for (Group group : groups(keysByTag)) {
            CompletableFuture<Void> answer = send(group, life);
            group.tags.forEach(
                    tag -> sent.computeIfAbsent(tag, first -> new ArrayList<>()).add(answer));
        }
        Map<String, CompletableFuture<Void>> answers = new HashMap<>();
        sent.forEach(
                (tag, parts) -> answers.put(tag, CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))));
        return answers;
    }

    /** A failure of it is no reason to keep reads away from its master: it is the breaker that decides that. */
    private CompletableFuture<Void> send(Group group, Duration life) {
        return masters.of(group.members.get(0).index()).breaker().guard(deadline, () -> {
            CompletableFuture<Void> answer = link.whenOpen(() -> scripts.tag(group.members, life));
            return deadlines.limit(answer, deadline, "TAG");
        });
    }

    /** What one script registers. */
    private static final class Group {

        private final List<String> tags = new ArrayList<>();
        private final List<Members> members = new ArrayList<>();
        private int size;

        void add(String tag, Members some) {
            tags.add(tag);
            members.add(some);
            size += some.keys().size();
        }
    }

    private List<Group> groups(Map<String, ? extends Collection<String>> keysByTag) {
        Map<Object, Group> open = new HashMap<>();
        List<Group> groups = new ArrayList<>();
        keysByTag.forEach((tag, keys) -> {
            String index = SlotKeys.index(tag);
            // before Redis has answered nobody knows what one script may name together
            Object slot = link.isOpen() ? servers.groupOf(index) : index;
            for (List<String> part : parts(List.copyOf(keys))) {
                Group group = open.get(slot);
                if (group == null || group.size + part.size() > KEYS_PER_SCRIPT) {
                    group = new Group();
                    open.put(slot, group);
                    groups.add(group);
                }
                group.add(tag, new Members(index, part));
            }
        });
        return groups;
    }

    private static List<List<String>> parts(List<String> keys) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += KEYS_PER_SCRIPT) {
            parts.add(keys.subList(from, Math.min(keys.size(), from + KEYS_PER_SCRIPT)));
        }
        return parts;
    }
}
