package io.cacheaside.samples.demo;

import io.cacheaside.samples.shop.SampleData;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same traffic through two instances of the shop, first without and then with the cache. The instances are JVMs of
 * their own that share one database and one Redis; both phases begin with new ones.
 */
final class Replay {

    private static final int INSTANCES = 2;
    private static final int WARM_UP_PRODUCTS = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration GENERATED = Duration.ofSeconds(20);
    private static final Duration WHOLE_TRACE = Duration.ofHours(6);
    private static final long SEED = 42;

    private final Options options;
    private final PrintStream out;
    private final Progress progress;

    Replay(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.progress = new Progress(out, Boolean.getBoolean("demo.watched"));
    }

    /** Prints the table; false where a page was stale or a request failed. */
    boolean run() throws IOException, SQLException, InterruptedException {
        Optional<Trace> trace = trace();
        int asked = trace.map(Trace::products).orElse(options.data().products() - WARM_UP_PRODUCTS);
        SampleData data = new SampleData(
                Math.max(options.data().products(), asked + WARM_UP_PRODUCTS),
                options.data().reviews());
        Supplier<Traffic> traffic =
                trace.<Supplier<Traffic>>map(recorded -> recorded::traffic).orElse(() -> new ZipfTraffic(asked, SEED));
        try (DemoRedis redis = DemoRedis.at(options.redis());
                DemoDatabase database = DemoDatabase.filledWith(data, progress)) {
            PriceVersions versions = new PriceVersions(data.products());
            Phase off = phase("Cache off", settings(redis, database, false), traffic.get(), data, versions);
            Phase on = phase("Cache on", settings(redis, database, true), traffic.get(), data, versions);
            out.print(Table.of(off, on));
            return off.isSound() && on.isSound();
        }
    }

    private Optional<Trace> trace() throws IOException {
        if (options.trace().isEmpty()) {
            return Optional.empty();
        }
        Trace trace = Trace.read(options.trace().get(), options.format());
        out.printf("The trace has %,d requests for %,d products.%n", trace.size(), trace.products());
        return Optional.of(trace);
    }

    private Duration limit() {
        Duration both = options.limit().orElse(options.trace().isPresent() ? WHOLE_TRACE : GENERATED);
        return both.dividedBy(2);
    }

    private static List<String> settings(DemoRedis redis, DemoDatabase database, boolean cached) {
        return List.of(
                // Tomcat closes a connection after 100 requests otherwise
                "server.tomcat.max-keep-alive-requests=-1",
                "spring.datasource.url=" + database.url(),
                "cacheaside.redis.address=" + redis.address(),
                "cacheaside.namespace=" + Namespace.ofThisRun(),
                "cacheaside.enabled=" + cached);
    }

    private Phase phase(String name, List<String> settings, Traffic traffic, SampleData data, PriceVersions versions)
            throws IOException, InterruptedException {
        List<ShopProcess> shops = new ArrayList<>();
        try {
            for (int i = 0; i < INSTANCES; i++) {
                shops.add(ShopProcess.start(settings));
            }
            for (ShopProcess shop : shops) {
                shop.awaitReady();
            }
            List<Integer> ports = shops.stream().map(ShopProcess::port).toList();
            Crowd crowd = new Crowd(options.clients(), ports, versions, progress);
            crowd.send(name + ", warm-up", warmUp(data), WARM_UP);
            return crowd.send(name, traffic, limit());
        } finally {
            shops.forEach(ShopProcess::close);
        }
    }

    /** The last products, which the measured traffic never asks for, so that it finds warm JVMs and no cached page. */
    private static Traffic warmUp(SampleData data) {
        ZipfTraffic ranks = new ZipfTraffic(WARM_UP_PRODUCTS, SEED);
        return new Traffic() {
            @Override
            public int next() {
                return data.products() + 1 - ranks.next();
            }

            @Override
            public long size() {
                return ranks.size();
            }
        };
    }
}
