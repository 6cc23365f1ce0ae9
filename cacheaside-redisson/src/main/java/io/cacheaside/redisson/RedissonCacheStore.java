package io.cacheaside.redisson;

import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.FillOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The values in Redis: read in common trips, changed by scripts only. */
final class RedissonCacheStore implements CacheStore {

    /** A script runs alone in Redis; this many keys take it well under a millisecond. */
    private static final int KEYS_PER_SCRIPT = 256;

    private final SlotScripts scripts;
    private final RedissonPolicy policy;
    private final RedisCommands commands;
    private final RedisLink link;
    private final Deadlines deadlines;
    private final ReadTrips trips;

    RedissonCacheStore(
            SlotScripts scripts, RedissonPolicy policy, RedisCommands commands, RedisLink link, Deadlines deadlines) {
        this.scripts = scripts;
        this.policy = policy;
        this.commands = commands;
        this.link = link;
        this.deadlines = deadlines;
        trips = new ReadTrips(commands, deadlines, policy.read());
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        if (link.isOpen()) {
            return trips.get(key);
        }
        CompletableFuture<byte @Nullable []> answer = link.whenOpen(() -> trips.get(key));
        return deadlines.limit(answer, policy.read(), "GET");
    }

    @Override
    public CompletableFuture<FillOutcome> fill(String key, long holder, byte[] frame, Duration ttl) {
        CompletableFuture<FillOutcome> answer = link.whenOpen(() -> scripts.fill(key, holder, frame, ttl));
        return deadlines.limit(answer, policy.fill(), "FILL");
    }

    @Override
    public CompletableFuture<Void> invalidate(Collection<String> keys) {
        CompletableFuture<Void> answer = link.whenOpen(() -> CompletableFuture.allOf(
                together(keys).stream().map(scripts::invalidate).toArray(CompletableFuture<?>[]::new)));
        return deadlines.limit(answer, policy.invalidate(), "INVALIDATE");
    }

    /** {@code keys} in groups that one script each may name; all scripts are sent at once. */
    private List<List<String>> together(Collection<String> keys) {
        Map<Object, List<String>> open = new HashMap<>();
        List<List<String>> groups = new ArrayList<>();
        for (String key : new LinkedHashSet<>(keys)) {
            List<String> group = open.computeIfAbsent(commands.groupOf(key), slot -> new ArrayList<>());
            if (group.isEmpty()) {
                groups.add(group);
            }
            group.add(key);
            if (group.size() == KEYS_PER_SCRIPT) {
                open.remove(commands.groupOf(key));
            }
        }
        return groups;
    }
}
