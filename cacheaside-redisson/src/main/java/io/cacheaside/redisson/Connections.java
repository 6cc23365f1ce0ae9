package io.cacheaside.redisson;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.redisson.client.NettyHook;
import org.redisson.connection.ConnectionListener;

/**
 * Counts the connections that a Redisson client has made to each address, so that an answer over a new connection is not
 * taken for one of the server that was asked before.
 *
 * <p>As the hook of a client of our own it counts a connection before the first command can be sent over it. A client that
 * was made by somebody else tells of connections too, but less strictly: when the first connection of an address is lost
 * and when one is there again.
 */
final class Connections implements NettyHook, ConnectionListener {

    private final Map<SocketAddress, AtomicLong> made = new ConcurrentHashMap<>();
    private final List<Runnable> watches = new CopyOnWriteArrayList<>();

    /** How many connections to {@code address} were made up to now; always the same object for one address. */
    AtomicLong to(SocketAddress address) {
        return made.computeIfAbsent(address, first -> new AtomicLong());
    }

    /** Runs {@code watch} after each new connection, on an I/O thread. */
    void watch(Runnable watch) {
        watches.add(watch);
    }

    void unwatch(Runnable watch) {
        watches.remove(watch);
    }

    private void count(SocketAddress address) {
        to(address).incrementAndGet();
        watches.forEach(Runnable::run);
    }

    @Override
    public void afterBoostrapInitialization(Bootstrap bootstrap) {}

    @Override
    public void afterChannelInitialization(Channel channel) {
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                count(context.channel().remoteAddress());
                context.pipeline().remove(this);
                context.fireChannelActive();
            }
        });
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the interface
    public void onConnect(InetSocketAddress address) {
        count(address);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the interface
    public void onDisconnect(InetSocketAddress address) {
        count(address);
    }
}
