package io.cacheaside.redisson;

import io.cacheaside.spi.Leases;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.redisson.RedissonTopic;
import org.redisson.api.RFuture;
import org.redisson.api.listener.StatusListener;
import org.redisson.client.codec.StringCodec;
import org.redisson.connection.ConnectionEventsHub;
import org.redisson.connection.ConnectionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wake-ups through one subscription for this JVM and namespace; a message is the key whose lease became free.
 *
 * <ol>
 *   <li>They are relied upon only while a message of our own came through since the subscription was made or a
 *       connection was lost: that covers a subscription that is not there yet, one that died unnoticed, and an ACL that
 *       forbids publishing.
 *   <li>What was published while nobody listened is lost; so a new subscription, and the loss of a connection, wake
 *       everybody.
 * </ol>
 */
final class WakeUps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RedisCommands commands;
    private final Deadlines deadlines;
    private final String channel;
    private final Waiters waiters = new Waiters();
    private final AtomicBoolean probing = new AtomicBoolean();
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private final List<Integer> listeners = new CopyOnWriteArrayList<>();
    private volatile int connectionListener;
    private volatile boolean reliable;
    private volatile boolean closed;

    WakeUps(RedisCommands commands, Deadlines deadlines, String channel) {
        this.commands = commands;
        this.deadlines = deadlines;
        this.channel = channel;
    }

    Leases.Registration register(String key, Runnable wake) {
        return waiters.register(key, wake);
    }

    /** Wakes everybody who waits, to look what has become of the store. */
    void wakeAll() {
        waiters.wakeAll();
    }

    /** True while wake-ups may be relied upon (1). */
    boolean areReliable() {
        return reliable;
    }

    /** Subscribes in the background. Called once, when Redis has answered. */
    void start() {
        connectionListener = hub().addListener(new OnConnection());
        listen(topic().addListenerAsync(new OnStatus()));
        probe();
    }

    /** Makes the subscription if there is none, else sends a message to ourselves, until one has come through. */
    private void probe() {
        if (closed || reliable) {
            return;
        }
        if (subscribed.compareAndSet(false, true)) {
            listen(topic().addListenerAsync(String.class, this::received));
        } else {
            publish();
        }
        probeLater();
    }

    private void probeLater() {
        if (!closed && probing.compareAndSet(false, true)) {
            deadlines.schedule(
                    again -> {
                        probing.set(false);
                        probe();
                    },
                    PROBE_NANOS);
        }
    }

    private void listen(RFuture<Integer> listener) {
        listener.whenComplete((id, failure) -> {
            if (failure == null) {
                listeners.add(id);
                publish();
            } else {
                subscribed.set(false);
                refused(failure);
            }
        });
    }

    private void publish() {
        commands.publish(channel, "").whenComplete((heard, failure) -> {
            if (failure != null && Trouble.of(failure) == Trouble.ACCESS) {
                refused(failure);
            }
        });
    }

    private void refused(Throwable failure) {
        if (!closed && refusalTold.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis lets nobody be woken through channel {} ({}): who waits for another's load looks again every"
                            + " 100 ms; allow PUBLISH, SUBSCRIBE and the channel to this user",
                    channel,
                    RedisLink.cause(failure));
        } else {
            LOG.debug("still no wake-ups through {}", channel, failure);
        }
    }

    private RedissonTopic topic() {
        return RedissonTopic.createRaw(StringCodec.INSTANCE, commands.executor(), channel);
    }

    private void received(CharSequence from, String key) {
        if (key.isEmpty()) {
            reliable = true;
        } else {
            waiters.wake(key);
        }
    }

    private void interrupted() {
        reliable = false;
        waiters.wakeAll();
        probeLater();
    }

    private ConnectionEventsHub hub() {
        return commands.executor().getServiceManager().getConnectionEventsHub();
    }

    @Override
    public void close() {
        closed = true;
        reliable = false;
        if (commands.executor().getServiceManager().isShuttingDown()) {
            return;
        }
        hub().removeListener(connectionListener);
        topic().removeListenerAsync(listeners.toArray(Integer[]::new));
    }

    private final class OnStatus implements StatusListener {
        @Override
        public void onSubscribe(String name) {
            waiters.wakeAll();
            publish();
        }

        @Override
        public void onUnsubscribe(String name) {
            interrupted();
        }
    }

    @SuppressWarnings("deprecation") // abstract in the interface, so they have to be implemented
    private final class OnConnection implements ConnectionListener {
        @Override
        public void onConnect(InetSocketAddress address) {}

        @Override
        public void onDisconnect(InetSocketAddress address) {
            interrupted();
        }
    }
}
