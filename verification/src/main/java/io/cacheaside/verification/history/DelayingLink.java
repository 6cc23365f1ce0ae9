package io.cacheaside.verification.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that takes its time: connections to its port are connections to a server, but part of what is sent arrives
 * later, by a random time up to a bound: one of {@link #LATE_REPLIES} replies and one of {@link #LATE_REQUESTS} requests. Within a connection nothing is
 * overtaken; one connection may overtake another. Knows nothing of the protocol.
 */
final class DelayingLink implements AutoCloseable {

    private static final int LATE_REQUESTS = 40;
    private static final int LATE_REPLIES = 40;
    private static final byte[] END = {};

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int server;
    private final long requestNanos;
    private final long replyNanos;

    /** What has to arrive at a time. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    private record Chunk(long due, byte[] bytes) {}

    /** A link to the local port {@code server}; requests and replies are late by the given times at most. */
    DelayingLink(int server, Duration request, Duration reply) throws IOException {
        this.server = server;
        this.requestNanos = request.toNanos();
        this.replyNanos = reply.toNanos();
        start("link-accept", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket backend = new Socket(InetAddress.getLoopbackAddress(), server);
            for (Socket socket : new Socket[] {client, backend}) {
                socket.setTcpNoDelay(true);
                sockets.add(socket);
            }
            carry(client, backend, requestNanos, LATE_REQUESTS);
            carry(backend, client, replyNanos, LATE_REPLIES);
        }
    }

    private void carry(Socket from, Socket to, long longestNanos, int lateOnes) {
        BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
        start("link-in", () -> {
            try (from) {
                receive(from.getInputStream(), underWay, longestNanos, lateOnes);
            } finally {
                underWay.add(new Chunk(System.nanoTime(), END));
            }
        });
        start("link-out", () -> {
            try (to) {
                deliver(underWay, to.getOutputStream());
            }
        });
    }

    private static void receive(InputStream in, BlockingQueue<Chunk> underWay, long longestNanos, int lateOnes)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long delay = random.nextInt(lateOnes) == 0 ? random.nextLong(longestNanos + 1) : 0;
            underWay.add(new Chunk(System.nanoTime() + delay, Arrays.copyOf(buffer, length)));
        }
    }

    private static void deliver(BlockingQueue<Chunk> underWay, OutputStream out) throws IOException {
        try {
            for (Chunk chunk = underWay.take(); chunk.bytes != END; chunk = underWay.take()) {
                for (long left = chunk.due - System.nanoTime(); left > 0; left = chunk.due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(chunk.bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** A closed connection ends its threads. */
    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // the other side ends with it
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
