package io.cacheaside.redisson;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One breaker a master, made when the master is first asked. */
final class Breakers {

    private static final String PROBE_KEY = "cacheaside:probe";

    private final RedisCommands commands;
    private final RedisLink link;
    private final Deadlines deadlines;
    private final Duration deadline;
    private final Breaker only;
    private final Map<Object, Breaker> ofMasters = new ConcurrentHashMap<>();

    Breakers(RedisCommands commands, RedisLink link, Deadlines deadlines, Duration deadline) {
        this.commands = commands;
        this.link = link;
        this.deadlines = deadlines;
        this.deadline = deadline;
        this.only = guarding(PROBE_KEY);
    }

    /** The breaker of the master of {@code key}. */
    Breaker of(String key) {
        return commands.isCluster() ? ofMasters.computeIfAbsent(commands.masterOf(key), master -> guarding(key)) : only;
    }

    private Breaker guarding(String key) {
        return new Breaker(deadlines, deadline, commands.server(), () -> link.whenOpen(() -> commands.get(key)));
    }
}
