package io.cacheaside.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A Redis server of the test's own on a free loopback port: empty, without persistence, gone with this JVM however that
 * ends. It is the binary that embedded-redis bundles, else the {@code redis-server} of the path.
 *
 * <p>{@code -Dcacheaside.test.redis=redis://host:port} makes every instance a view of that server instead; tests that
 * would stop, freeze or configure it are aborted then. {@code -Dcacheaside.test.redis-server=/path} names another
 * binary. Linux and macOS.
 */
public final class EmbeddedRedis implements AutoCloseable {

    /** System property with the address of a running Redis to use instead. */
    public static final String ADDRESS_PROPERTY = "cacheaside.test.redis";

    /** System property with the path of the {@code redis-server} to start. */
    public static final String EXECUTABLE_PROPERTY = "cacheaside.test.redis-server";

    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LOOK_EVERY_NANOS = 5_000_000L;
    private static final int ATTEMPTS = 5;

    private final String host;
    private final int port;
    private final @Nullable String password;
    private final @Nullable List<String> settings;
    private @Nullable RedisProcess process;

    private EmbeddedRedis(String host, int port, @Nullable String password, @Nullable List<String> settings) {
        this.host = host;
        this.port = port;
        this.password = password;
        this.settings = settings;
    }

    /**
     * A running server.
     *
     * @param settings words as after {@code redis-server}, for instance {@code "--maxmemory", "10mb"}
     */
    public static EmbeddedRedis start(String... settings) {
        String address = System.getProperty(ADDRESS_PROPERTY);
        if (address != null && settings.length == 0) {
            URI uri = URI.create(address);
            return new EmbeddedRedis(uri.getHost(), uri.getPort() < 0 ? 6379 : uri.getPort(), null, null);
        }
        return startOwn(null, List.of(settings));
    }

    /** A running server that wants {@code password} of every connection. */
    public static EmbeddedRedis startWithPassword(String password) {
        return startOwn(password, List.of("--requirepass", password));
    }

    /** A sentinel that watches nobody yet. */
    public static EmbeddedRedis startSentinel() {
        return startOwn(null, List.of(RedisProcess.SENTINEL));
    }

    /** A server that is not running yet; {@link #restart} starts it. */
    public static EmbeddedRedis stopped() {
        return new EmbeddedRedis("127.0.0.1", freePort(), null, List.of());
    }

    private static EmbeddedRedis startOwn(@Nullable String password, List<String> settings) {
        for (int attempt = 1; ; attempt++) {
            EmbeddedRedis redis = new EmbeddedRedis("127.0.0.1", freePort(), password, settings);
            try {
                redis.restart();
                return redis;
            } catch (IllegalStateException portTaken) {
                if (attempt == ATTEMPTS) {
                    throw portTaken;
                }
            }
        }
    }

    /** {@code redis://127.0.0.1:<port>}. */
    public String address() {
        return "redis://" + host + ":" + port;
    }

    /** The port, the same for the life of this instance. */
    public int port() {
        return port;
    }

    /** Kills the server if it runs and starts an empty one on the same port; returns when it answers. */
    public void restart() {
        stop();
        act(() -> {
            RedisProcess started = RedisProcess.launch(port, own());
            process = started;
            awaitAnswer(started);
        });
    }

    private void awaitAnswer(RedisProcess started) throws IOException {
        long begin = System.nanoTime();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
                String log = started.log();
                stop();
                throw new IllegalStateException("redis-server does not answer on port " + port + ":\n" + log);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private boolean answers() {
        try (RespConnection connection = new RespConnection(host, port)) {
            authenticate(connection);
            return "PONG".equals(connection.call("PING"));
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Kills the server as a crash would; its data is gone. Harmless when repeated. */
    public void stop() {
        own();
        RedisProcess running = process;
        process = null;
        if (running != null) {
            act(() -> {
                running.close();
            });
        }
    }

    /** Stops the server in its tracks: connections stay open, nothing is answered. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server go on; what was sent meanwhile is executed. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        own();
        RedisProcess running = process;
        if (running == null) {
            throw new IllegalStateException("redis-server is stopped");
        }
        act(() -> {
            running.signal(signal);
        });
    }

    /**
     * The server's answer to one command on a connection of its own: String, Long, List or null.
     *
     * @throws IllegalStateException with Redis' words where it answers with an error
     */
    public @Nullable Object command(String... words) {
        return io(() -> {
                    try (RespConnection connection = connect()) {
                        return Optional.ofNullable(connection.call(words));
                    }
                })
                .orElse(null);
    }

    /** How often {@code command} ran since the last {@code CONFIG RESETSTAT}, inside scripts included. */
    public long calls(String command) {
        String statistics = String.valueOf(command("INFO", "commandstats"));
        String head = "cmdstat_" + command.toLowerCase(java.util.Locale.ROOT) + ":calls=";
        int at = statistics.indexOf(head);
        if (at < 0) {
            return 0;
        }
        int from = at + head.length();
        return Long.parseLong(statistics.substring(from, statistics.indexOf(',', from)));
    }

    /** Watches the commands of all clients from now on. */
    public CommandTap tap() {
        return io(() -> new CommandTap(this, connect()));
    }

    RespConnection connect() throws IOException {
        RespConnection connection = new RespConnection(host, port);
        authenticate(connection);
        return connection;
    }

    private void authenticate(RespConnection connection) throws IOException {
        if (password != null) {
            connection.call("AUTH", password);
        }
    }

    private List<String> own() {
        if (settings == null) {
            throw new TestAbortedException("needs a Redis of its own, not " + address());
        }
        return settings;
    }

    /** Kills the server if it is this instance's own. */
    @Override
    public void close() {
        if (settings != null) {
            stop();
        }
    }

    static void act(IoAction action) {
        io(() -> {
            action.run();
            return action;
        });
    }

    static <T> T io(IoCall<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        return io(() -> {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        });
    }

    interface IoAction {
        void run() throws IOException;
    }

    interface IoCall<T> {
        T run() throws IOException;
    }
}
