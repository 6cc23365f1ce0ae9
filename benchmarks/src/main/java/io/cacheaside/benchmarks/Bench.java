package io.cacheaside.benchmarks;

import io.cacheaside.entry.Frame;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs one comparison by its name and prints its ratios with their aims. */
public final class Bench {

    private static final int KEYS = 1_000;

    private final Cached cached;
    private final ByHand byHand;
    private final int slices;

    private Bench(Cached cached, ByHand byHand, int slices) {
        this.cached = cached;
        this.byHand = byHand;
        this.slices = slices;
    }

    /** Exit status 1 where a demand was missed, 2 for wrong arguments. */
    public static void main(String[] args) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "Java %s, %d processors%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        String name = args.length == 0 ? "" : args[0];
        if (name.equals("key")) {
            new Runner(new OptionsBuilder()
                            .include(KeyRendering.class.getSimpleName())
                            .build())
                    .run();
            System.out.println("aim: at most 50 ns for number (user:#id), less what argumentsOnly takes");
            return;
        }
        try {
            int slices = args.length == 3 && args[1].equals("--slices") ? Integer.parseInt(args[2]) : 20;
            System.exit(run(name, slices) ? 0 : 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
        }
    }

    /** False where a figure missed what its comparison demands. */
    private static boolean run(String name, int slices) throws InterruptedException, IOException {
        if (!Arrays.asList("hit", "miss", "invalidate", "batch", "codec").contains(name)) {
            throw new IllegalArgumentException(
                    "there are hit, miss, invalidate, batch, codec and key, not '" + name + "'");
        }
        if (name.equals("codec")) {
            return CodecDuel.fight(slices);
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                Cached cached = new Cached(redis.address());
                ByHand byHand = new ByHand(redis.address())) {
            Bench bench = new Bench(cached, byHand, slices);
            bench.fill();
            if (name.equals("batch")) {
                return new BatchDuel(redis, cached, byHand, KEYS, slices).fight();
            }
            switch (name) {
                case "hit" -> bench.hit();
                case "miss" -> bench.miss();
                default -> bench.invalidate();
            }
        }
        return true;
    }

    /** Fills all keys; until the client has checked Redis nothing is, so it tries again. */
    private void fill() throws InterruptedException {
        for (int id = 0; id < KEYS; id++) {
            for (int attempt = 0; byHand.bytes(Cached.key(id)) == null; attempt++) {
                if (attempt == 1_000) {
                    throw new IllegalStateException("nothing is filled");
                }
                cached.products.find(id);
                Thread.sleep(1);
            }
            cached.products.text(id);
        }
    }

    private void hit() throws InterruptedException {
        System.out.println("hit: annotated woven method against RBucket.get of the same bytes and the same decoding;"
                + " Redisson as it comes");
        System.out.println("a record of five fields:");
        hit(new Duel(
                number -> cached.products.find(id(number)),
                number -> byHand.get(Cached.key(id(number)), Frame.OVERHEAD),
                slices));
        System.out.println("a text, which takes next to no time to decode:");
        hit(new Duel(
                number -> cached.products.text(id(number)),
                number -> byHand.getText(Cached.textKey(id(number)), Frame.OVERHEAD),
                slices));
    }

    private static void hit(Duel duel) throws InterruptedException {
        Duel.Outcome one = duel.fight(1, Threads.platform());
        print("1 thread", one, "latency x %.2f (aim: at most 1.10)", one.latencyRatio());
        Duel.Outcome many = duel.fight(16, Threads.platform());
        print("16 threads", many, "throughput x %.2f (aim: at least 1.5)", many.throughputRatio());
        Optional<ThreadFactory> virtual = Threads.virtual();
        if (virtual.isPresent()) {
            Duel.Outcome light = duel.fight(256, virtual.get());
            print("256 virtual threads", light, "throughput x %.2f (aim: at least 8)", light.throughputRatio());
        } else {
            System.out.println("256 virtual threads: need Java 21 or newer, not measured");
        }
    }

    private void miss() throws InterruptedException {
        System.out.println("miss: annotated woven method on a cold key against GET, encode, SET by hand");
        Duel duel =
                new Duel(cached.products::find, number -> byHand.getOrSet("hand:product:" + number, number), slices);
        Duel.Outcome outcome = duel.fight(1, Threads.platform());
        print("1 thread", outcome, "latency x %.2f (aim: at most 2.0)", outcome.latencyRatio());
    }

    private void invalidate() throws InterruptedException {
        System.out.println("invalidate: annotated woven method against DEL by hand, the key has no value");
        Duel duel = new Duel(
                number -> {
                    cached.products.changed(number);
                    return this;
                },
                number -> byHand.delete("hand:product:" + number),
                slices);
        Duel.Outcome outcome = duel.fight(1, Threads.platform());
        print("1 thread", outcome, "latency x %.2f (aim: at most 1.7)", outcome.latencyRatio());
    }

    private static long id(long number) {
        // successive numbers are far apart, so threads do not march through the keys in step
        return Math.floorMod(number * 0x9E3779B97F4A7C15L >>> 20, (long) KEYS);
    }

    private static void print(String threads, Duel.Outcome outcome, String ratio, double value) {
        System.out.printf(
                Locale.ROOT,
                "%-20s cacheaside %,10.0f/s   by hand %,10.0f/s   " + ratio + "%n",
                threads + ":",
                outcome.ours(),
                outcome.theirs(),
                value);
    }
}
