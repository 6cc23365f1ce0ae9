package io.cacheaside.verification.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A port whose connections are connections to a Redis server, and a rule that says of each request what becomes of it and
 * of its reply ({@link Verdict}). Requests and replies are forwarded whole and, within a connection, in their order, as TCP
 * has it: a reply cannot be lost without the connection's end, or its silence. Thread-safe.
 */
final class RespProxy implements AutoCloseable {

    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong troubled = new AtomicLong();
    private final int server;
    private final int port;
    private volatile Verdict.Rule rule = Verdict.Rule.PASS_ALL;
    private volatile @Nullable ServerSocket listening;
    private volatile @Nullable Thread acceptor;

    /** A proxy of the server on the local port {@code server}. */
    RespProxy(int server) throws IOException {
        this.server = server;
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = socket.getLocalPort();
        serve(socket);
    }

    /** Where clients connect; the same after {@link #refuse} and {@link #accept}. */
    int port() {
        return port;
    }

    String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** From now on {@code next} decides, for requests that come in from now on. */
    void rule(Verdict.Rule next) {
        rule = next;
    }

    /** How many requests did not simply pass. */
    long troubled() {
        return troubled.get();
    }

    /** Ends all connections. */
    void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Ends all connections and lets nobody connect any more. */
    void refuse() throws IOException {
        ServerSocket socket = listening;
        listening = null;
        if (socket != null) {
            socket.close();
            awaitAcceptor();
        }
        cut();
    }

    /** The port listens until the thread that waits for somebody there has noticed that it is closed. */
    private void awaitAcceptor() {
        Thread last = acceptor;
        try {
            if (last != null) {
                last.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes back {@link #refuse}. */
    void accept() throws IOException {
        if (listening == null) {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            serve(socket);
        }
    }

    private void serve(ServerSocket socket) {
        listening = socket;
        acceptor = start("proxy-accept", () -> {
            while (true) {
                connect(socket.accept());
            }
        });
    }

    private void connect(Socket client) throws IOException {
        try {
            ProxiedConnection connection =
                    new ProxiedConnection(client, new Socket(InetAddress.getLoopbackAddress(), server), this);
            connections.add(connection);
            connection.start();
        } catch (IOException unreachable) {
            client.close();
        }
    }

    Verdict verdict(Request request) {
        Verdict verdict = rule.of(request);
        if (verdict != Verdict.PASS) {
            troubled.incrementAndGet();
        }
        return verdict;
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    /** A connection to the server for requests that are sent again. */
    Socket another() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server);
    }

    interface Work {
        void run() throws IOException;
    }

    /** Runs {@code work} on a thread of its own, which ends with the connection that it works on. */
    static Thread start(String name, Work work) {
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
        return thread;
    }

    @Override
    public void close() throws IOException {
        refuse();
    }
}
