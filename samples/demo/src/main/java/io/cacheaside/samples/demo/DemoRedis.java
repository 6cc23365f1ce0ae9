package io.cacheaside.samples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import redis.embedded.RedisServer;

/**
 * The Redis of the demo: a running one by its address, or a child process of this JVM that keeps nothing on disk and
 * ends with it.
 */
record DemoRedis(String address, Optional<RedisServer> child) implements AutoCloseable {

    static DemoRedis at(Optional<String> address) {
        return address.map(running -> new DemoRedis(running, Optional.empty())).orElseGet(DemoRedis::embedded);
    }

    private static DemoRedis embedded() {
        int port = Ports.free();
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    // unread, its log would fill the pipe and stop it
                    .soutListener(line -> {})
                    .build();
            server.start();
            return new DemoRedis("redis://127.0.0.1:" + port, Optional.of(server));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a Redis here: use --redis ADDRESS", e);
        }
    }

    @Override
    public void close() {
        child.ifPresent(server -> {
            try {
                server.stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
