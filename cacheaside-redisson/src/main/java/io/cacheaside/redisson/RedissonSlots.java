package io.cacheaside.redisson;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.redisson.api.RedissonClient;

/**
 * The slots of one namespace on one Redis: their values and their leases. Any Redisson client will do; its codec, its
 * read mode, its time-outs and its retries do not matter. The namespace names the channel of the wake-ups; the keys that
 * callers pass already begin with it.
 */
public final class RedissonSlots implements AutoCloseable {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String namespace;
    private final Deadlines deadlines;
    private final RedisLink link;
    private final WakeUps wakeUps;
    private final RedisCommands commands;
    private final Servers servers;
    private final Connections connections;
    private final Masters masters;
    private final CacheStore store;
    private final Leases leases;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    private RedissonSlots(RedissonClient client, String namespace, RedissonPolicy policy) {
        this.namespace = namespace;
        commands = new RedisCommands(client, policy.longestDeadline());
        servers = commands.servers();
        String channel = "cacheaside:wake:" + namespace;
        SlotScripts scripts = new SlotScripts(commands, client.getId(), channel);
        deadlines = new Deadlines();
        wakeUps = new WakeUps(commands, deadlines, channel);
        Eviction eviction = new Eviction(servers.address());
        link = new RedisLink(
                new LayoutCheck(client, commands, namespace, eviction),
                servers.address(),
                client::isShuttingDown,
                this::opened);
        commands.onFailure(link::scriptFailed);
        connections = commands.connections();
        masters = new Masters(commands, link, connections, deadlines, policy, wakeUps::wakeAll);
        SlotGroups groups = new SlotGroups(servers);
        store = new RedissonCacheStore(scripts, policy, commands, link, deadlines, masters, eviction, groups);
        leases = new RedissonLeases(scripts, policy, link, deadlines, masters, wakeUps, groups);
    }

    /**
     * The slots of {@code namespace}. Returns at once: connecting, the check of the lock layout and the subscription go
     * on in the background. Until the first attempt to connect is decided commands wait within their deadlines; while
     * Redis is down they fail at once. Nothing is filled before the layout was checked.
     *
     * @param client stays the caller's, who shuts it down after {@link #close}
     * @throws ConfigurationException where the client was not made by {@code Redisson.create}
     */
    public static RedissonSlots open(RedissonClient client, String namespace, RedissonPolicy policy) {
        RedissonSlots slots = new RedissonSlots(client, namespace, policy);
        slots.link.start();
        return slots;
    }

    private void opened() {
        if (subscribed.compareAndSet(false, true)) {
            wakeUps.start();
        }
        masters.answerAgain();
    }

    /**
     * Returns when Redis serves, for who would rather not start than start without a cache.
     *
     * @param bound how long that may take; what waiting does not mend, such as a wrong password, fails at once
     * @throws ConfigurationException where it does not, naming the address, why, and what to do
     */
    public void awaitServing(Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        while (true) {
            // before the trouble is asked for: what is hopeless now is what is told
            boolean isLastLook = System.nanoTime() > end
                    || link.isHopeless()
                    || Thread.currentThread().isInterrupted();
            String trouble = link.trouble();
            if (trouble == null) {
                return;
            }
            if (isLastLook) {
                throw new ConfigurationException(
                        "Redis " + servers.address() + " does not serve cacheaside (" + trouble + ")");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** A builder of a client of these slots, with the Kryo codec unless it is given another one. */
    public CacheAsideClientBuilder clientBuilder() {
        return CacheAsideClient.builder()
                .namespace(namespace)
                .store(store)
                .leases(leases)
                .codec(KryoCodec.builder().build());
    }

    /** The values. */
    public CacheStore store() {
        return store;
    }

    /** The leases. */
    public Leases leases() {
        return leases;
    }

    /** Ends the subscription and this object's threads; commands fail afterwards. Harmless when repeated. */
    @Override
    public void close() {
        link.close();
        wakeUps.close();
        masters.close();
        commands.forget(connections);
        deadlines.close();
    }
}
