package io.cacheaside.samples.plainshop;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.Callable;
import redis.embedded.RedisServer;

/** Reads and writes a few products, and says where they came from. The argument is the address of a Redis. */
public final class PlainShop {

    private final Catalog catalog;
    private final Origins origins;
    private final PrintStream out;

    private PlainShop(Catalog catalog, Origins origins, PrintStream out) {
        this.catalog = catalog;
        this.origins = origins;
        this.out = out;
    }

    /** Runs against the Redis at {@code arguments[0]}; without an argument against one of its own. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            run(arguments[0], System.out);
            return;
        }
        int port = freePort();
        RedisServer redis =
                RedisServer.newRedisServer().port(port).setting("save \"\"").build();
        redis.start();
        try {
            run("redis://127.0.0.1:" + port, System.out);
        } finally {
            redis.stop();
        }
    }

    static void run(String redis, PrintStream out) throws Exception {
        Origins origins = new Origins();
        try (ShopDatabase database = ShopDatabase.open("shop")) {
            UnitsOfWork work = new UnitsOfWork(database.source());
            try (ShopCache cache = ShopCache.open(redis, work, origins)) {
                new PlainShop(new Catalog(work), origins, out).show();
            }
        }
    }

    private void show() throws Exception {
        say("product 1", () -> catalog.product(1));
        say("product 1 again", () -> catalog.product(1));
        say("product 999", () -> catalog.product(999));
        say("product 999 again", () -> catalog.product(999));
        say("products 1 + 2 + 3", () -> catalog.total(1, 2, 3));
        say("products 1 + 2 + 3 again", () -> catalog.total(1, 2, 3));
        say("label of 1", () -> catalog.label(1));
        say("label of 1 again", () -> catalog.label(1));
        catalog.changePrice(1, new BigDecimal("9.99"));
        out.println("-- the price of product 1 becomes 9.99");
        say("product 1", () -> catalog.product(1));
        say("products 1 + 2 + 3", () -> catalog.total(1, 2, 3));
        catalog.changePrices(Map.of(1, new BigDecimal("8.00"), 2, new BigDecimal("7.00")));
        out.println("-- the prices of products 1 and 2 change in one transaction");
        say("products 1 + 2 + 3", () -> catalog.total(1, 2, 3));
        say("products 1 + 2 + 3 again", () -> catalog.total(1, 2, 3));
    }

    private void say(String what, Callable<Object> read) throws Exception {
        Object value = read.call();
        out.printf("%-26s %-62s %s%n", what, value, origins.look());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
