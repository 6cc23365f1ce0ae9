package io.cacheaside.redisson;

import io.cacheaside.error.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.SingleServerConfig;

/**
 * Makes Redisson clients that are set up as a cache needs them: few threads and connections, no attempt to connect
 * before the first command, and none of the retries that make a dead Redis expensive.
 */
public final class RedissonClients {

    private static final int THREADS = 2;

    /** Under 10 Redisson pipelines: a connection takes the next command before the last one is answered. */
    private static final int CONNECTIONS = 4;

    private static final int DEFAULT_PORT = 6379;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration RECONNECT = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration PING = Duration.ofSeconds(5);

    private RedissonClients() {}

    /**
     * A client for {@code settings}, which does not connect yet. The caller shuts it down.
     *
     * @throws ConfigurationException where the address is none, naming {@code cacheaside.redis.address}
     */
    public static RedissonClient create(RedissonSettings settings) {
        URI address = address(settings.address());
        Config config = new Config();
        config.setCodec(ByteArrayCodec.INSTANCE);
        config.setThreads(THREADS);
        config.setNettyThreads(THREADS);
        config.setLazyInitialization(true);
        config.setNettyHook(new Connections());
        config.setUsername(first(settings.username(), userInfo(address, 0)));
        config.setPassword(first(settings.password(), userInfo(address, 1)));
        SingleServerConfig server = config.useSingleServer();
        server.setAddress(address.getScheme() + "://" + address.getHost() + ":" + port(address));
        server.setDatabase(settings.database() == null ? database(settings, address) : settings.database());
        server.setConnectionPoolSize(CONNECTIONS);
        server.setConnectionMinimumIdleSize(1);
        server.setSubscriptionConnectionPoolSize(2);
        server.setSubscriptionConnectionMinimumIdleSize(1);
        server.setConnectTimeout((int) CONNECT.toMillis());
        server.setTimeout((int) ANSWER.toMillis());
        server.setRetryAttempts(0);
        server.setReconnectionDelay(new ConstantDelay(RECONNECT));
        server.setPingConnectionInterval((int) PING.toMillis());
        config.setTcpNoDelay(true);
        config.setTcpKeepAlive(true);
        return Redisson.create(config);
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(text.trim());
            boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
            if (known && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below; the exception's own words would show the password
        }
        throw problem(text, "is not an address: write redis://host:port, or rediss://host:port for TLS");
    }

    private static ConfigurationException problem(String address, String what) {
        return new ConfigurationException(
                "cacheaside.redis.address = '" + RedissonSettings.masked(address) + "' " + what);
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
    }

    private static int database(RedissonSettings settings, URI address) {
        String path = address.getPath() == null ? "" : address.getPath().replace("/", "");
        try {
            return path.isEmpty() ? 0 : Integer.parseInt(path);
        } catch (NumberFormatException e) {
            throw problem(settings.address(), "names a database that is not a number");
        }
    }

    private static @Nullable String userInfo(URI address, int part) {
        if (address.getUserInfo() == null) {
            return null;
        }
        String[] parts = address.getUserInfo().split(":", 2);
        return part < parts.length && !parts[part].isEmpty() ? parts[part] : null;
    }

    private static @Nullable String first(@Nullable String mine, @Nullable String lower) {
        return mine != null ? mine : lower;
    }
}
