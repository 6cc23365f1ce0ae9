package io.cacheaside.redisson;

import io.cacheaside.spi.StoreWatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redisson.connection.MasterSlaveEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of each master: whether it may be asked ({@link Breaker}) and which run of it answers ({@link ServerRun}).
 * Made when the master is first asked.
 */
final class Masters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Masters.class);
    private static final String ANY_KEY = "cacheaside:probe";

    /** A burst of new connections is one reason to ask. */
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A look may come before a new master is in its predecessor's place, and may get no answer; the last one comes late. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final StoreWatch NOBODY = new StoreWatch() {
        @Override
        public void removalsInDoubt(Predicate<String> keys) {}

        @Override
        public void answersAgain() {}
    };

    /** One master. */
    record Master(Breaker breaker, ServerRun run) {}

    private final RedisCommands commands;
    private final Servers servers;
    private final RedisLink link;
    private final Connections connections;
    private final Deadlines deadlines;
    private final RedissonPolicy policy;
    private final Master only;
    private final Map<MasterSlaveEntry, Master> ofCluster = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Runnable onConnection = this::lookSoon;
    private final AtomicInteger silent = new AtomicInteger();
    private final Runnable onSilence;
    private volatile StoreWatch watch = NOBODY;

    /** {@code onSilence} runs when a master gives no answer any more. */
    Masters(
            RedisCommands commands,
            RedisLink link,
            Connections connections,
            Deadlines deadlines,
            RedissonPolicy policy,
            Runnable onSilence) {
        this.onSilence = onSilence;
        this.commands = commands;
        this.servers = commands.servers();
        this.link = link;
        this.connections = connections;
        this.deadlines = deadlines;
        this.policy = policy;
        this.only = master(null);
        connections.watch(onConnection);
    }

    /** The master of {@code key}. */
    Master of(String key) {
        MasterSlaveEntry entry = servers.isCluster() ? servers.masterOf(key) : null;
        return entry == null ? only : ofCluster.computeIfAbsent(entry, this::master);
    }

    /** The master that is {@code entry}. */
    Master of(MasterSlaveEntry entry) {
        return servers.isCluster() ? ofCluster.computeIfAbsent(entry, this::master) : only;
    }

    /**
     * What serves which keys: equal as long as no master, no process of one and no slot changes its place. Fails while a slot
     * is being moved, because its keys are on their way, or is served by nobody who is known.
     */
    CompletableFuture<Object> layout() {
        List<Master> all = servers.masters().stream().map(this::of).toList();
        return CompletableFuture.allOf(
                        all.stream().map(master -> master.run.known()).toArray(CompletableFuture<?>[]::new))
                .thenCompose(known -> servers.slots())
                .thenApply(slots -> List.of(
                        slots, all.stream().map(master -> master.run.identity()).toList()));
    }

    /** Tells {@code other} from now on, in place of whoever was told before. */
    void watch(StoreWatch other) {
        watch = other;
    }

    private void changed(boolean opened) {
        watch.unavailable(opened ? silent.incrementAndGet() : silent.decrementAndGet());
        if (opened) {
            onSilence.run();
        } else {
            answerAgain();
        }
    }

    /** Redis has begun to answer, or one master answers again. */
    void answerAgain() {
        lookSoon();
        watch.answersAgain();
    }

    private Master master(@Nullable MasterSlaveEntry entry) {
        Breaker breaker = new Breaker(
                deadlines,
                policy.read(),
                servers.address(),
                () -> link.whenOpen(() -> commands.ping(entry == null ? servers.masterOf(ANY_KEY) : entry)),
                this::changed);
        ServerRun run = new ServerRun(
                commands,
                connections,
                deadlines,
                policy.lease(),
                () -> entry == null ? servers.masterOf(ANY_KEY) : entry,
                () -> watch.removalsInDoubt(key -> entry == null || entry == servers.masterOf(key)));
        return new Master(breaker, run);
    }

    /** A JVM that only writes looks at no answer, but its removals may be in doubt all the same. */
    private void lookSoon() {
        if (looking.compareAndSet(false, true)) {
            lookIn(SOON_NANOS);
        }
    }

    private void lookIn(long nanos) {
        try {
            deadlines.schedule(now -> look(nanos), nanos);
        } catch (IllegalStateException closed) {
            LOG.debug("closed: nobody looks at new connections any more");
        }
    }

    /** Again and again after longer pauses; only those are asked of which something has changed since the last answer. */
    private void look(long waited) {
        if (waited == SOON_NANOS) {
            looking.set(false);
        }
        if (link.isOpen()) {
            // all of them: what is sent to one before it is met is in doubt when it is
            (servers.isCluster() ? servers.knownMasters().stream().map(this::of) : Stream.of(only))
                    .forEach(master -> master.run.known());
        }
        if (waited < LATE_NANOS) {
            lookIn(waited * 3);
        }
    }

    @Override
    public void close() {
        connections.unwatch(onConnection);
    }
}
