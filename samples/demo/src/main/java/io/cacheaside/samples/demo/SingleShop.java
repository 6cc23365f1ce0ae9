package io.cacheaside.samples.demo;

import io.cacheaside.samples.shop.ShopApplication;
import java.io.PrintStream;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** One shop in this JVM for a browser, until the JVM is told to end. */
final class SingleShop {

    private SingleShop() {}

    static void start(Options options, PrintStream out) {
        int port = Ports.of(options.port());
        DemoRedis redis = DemoRedis.at(options.redis());
        new SpringApplicationBuilder(ShopApplication.class)
                .run(
                        "--server.port=" + port,
                        "--cacheaside.redis.address=" + redis.address(),
                        "--cacheaside.namespace=" + Namespace.ofThisRun(),
                        "--shop.products=" + options.data().products(),
                        "--shop.reviews=" + options.data().reviews(),
                        "--logging.level.root=warn",
                        "--logging.level.io.cacheaside.samples=info",
                        "--logging.pattern.console=%msg%n");
        out.println();
        out.println("The shop is open: http://localhost:" + port + "   (Redis: " + redis.address() + ")");
        out.println("Ctrl-C closes it.");
    }
}
