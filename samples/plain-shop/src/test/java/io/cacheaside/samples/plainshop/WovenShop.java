package io.cacheaside.samples.plainshop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import redis.embedded.RedisServer;

/** The woven shop with a database and a Redis of its own. */
record WovenShop(
        RedisServer redis, ShopDatabase database, UnitsOfWork work, ShopCache cache, Catalog catalog, Origins origins) {

    static WovenShop open(String name) throws IOException, SQLException {
        int port = freePort();
        RedisServer redis =
                RedisServer.newRedisServer().port(port).setting("save \"\"").build();
        redis.start();
        ShopDatabase database = ShopDatabase.open(name);
        UnitsOfWork work = new UnitsOfWork(database.source());
        Origins origins = new Origins();
        ShopCache cache = ShopCache.open("redis://127.0.0.1:" + port, work, origins);
        cache.slots().awaitServing(Duration.ofSeconds(30)); // it is connected in the background
        return new WovenShop(redis, database, work, cache, new Catalog(work), origins);
    }

    void close() throws IOException {
        cache.close();
        database.close();
        redis.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
