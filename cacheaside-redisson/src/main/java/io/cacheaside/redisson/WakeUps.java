package io.cacheaside.redisson;

import io.cacheaside.spi.Leases;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.redisson.RedissonTopic;
import org.redisson.api.listener.MessageListener;
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
    private final MessageListener<String> onMessage = this::received;
    private final ConnectionListener onConnection = new OnConnection();
    private volatile boolean reliable;
    private volatile boolean subscribing;
    private volatile boolean closed;

    WakeUps(RedisCommands commands, Deadlines deadlines, String channel) {
        this.commands = commands;
        this.deadlines = deadlines;
        this.channel = channel;
    }

    Leases.Registration register(String key, Runnable wake) {
        return waiters.register(key, wake);
    }

    /** True while a message of our own has come through lately enough. */
    boolean areReliable() {
        return reliable;
    }

    /** Subscribes in the background. Called once, when Redis has answered. */
    void start() {
        hub().addListener(onConnection);
        subscribe();
    }

    private void subscribe() {
        subscribing = true;
        topic().addListenerAsync(new OnStatus());
        topic().addListenerAsync(String.class, onMessage).whenComplete((id, failure) -> {
            subscribing = false;
            if (failure != null) {
                LOG.debug("cannot subscribe to {}", channel, failure);
            }
            probe();
        });
    }

    private RedissonTopic topic() {
        return RedissonTopic.createRaw(StringCodec.INSTANCE, commands.executor(), channel);
    }

    /** Sends a message to ourselves until one has come through. */
    private void probe() {
        if (closed || reliable) {
            return;
        }
        commands.publish(channel).whenComplete((receivers, failure) -> {
            if (failure != null) {
                LOG.debug("cannot publish to {}", channel, failure);
            }
        });
        deadlines.schedule(again -> probe(), PROBE_NANOS);
    }

    private void received(CharSequence from, String key) {
        if (key.isEmpty()) {
            reliable = true;
        } else {
            waiters.wake(key);
        }
    }

    private void interrupted() {
        boolean was = reliable;
        reliable = false;
        waiters.wakeAll();
        if (was) {
            deadlines.schedule(again -> probe(), PROBE_NANOS);
        }
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
        hub().removeListener(System.identityHashCode(onConnection));
        topic().removeListenerAsync(onMessage);
    }

    private final class OnStatus implements StatusListener {
        @Override
        public void onSubscribe(String name) {
            waiters.wakeAll();
            commands.publish(channel);
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
