package io.cacheaside.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A batch of a hundred of which most are cached, against what one would write by hand, without lease and fence; and one of ten
 * thousand in a JVM with little memory.
 */
final class BatchDuel {

    private static final int SIZE = 100;
    private static final int CACHED = 90;
    private static final double MOST = 1.5;
    private static final int CALLS_PER_TURN = 20;
    private static final int TURNS_PER_SLICE = 5;
    private static final String HEAP = "-Xmx48m";

    /** Above all ids that are cached before. */
    private static final long COLD = 1_000_000;

    private static final Pattern CPU = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)");

    private final EmbeddedRedis redis;
    private final Cached cached;
    private final ByHand byHand;
    private final int keys;
    private final int slices;
    private boolean passed = true;
    private long calls;

    /** {@code keys}: how many ids, from 0 on, the cache has already. */
    BatchDuel(EmbeddedRedis redis, Cached cached, ByHand byHand, int keys, int slices) {
        this.redis = redis;
        this.cached = cached;
        this.byHand = byHand;
        this.keys = keys;
        this.slices = slices;
    }

    /** Prints the figures with their aims; false where one of these was missed. */
    boolean fight() throws InterruptedException, IOException {
        System.out.println(
                "batch: annotated woven method with @Each against MGET and a pipeline of SETs with Redisson as it"
                        + " comes, waited for; the same values and coding, rows that cost nothing");
        byHand.findAll(LongStream.range(0, keys).boxed().toList());
        compare(CACHED, MOST);
        compare(SIZE, Double.NaN);
        compare(0, Double.NaN);
        trips();
        large();
        System.out.println(passed ? "PASS" : "FAIL");
        return passed;
    }

    /** By the medians of single calls: on a machine that has other work, too, most calls are not interrupted, but all slices. */
    private void compare(int hits, double most) throws InterruptedException {
        WarmUp.with(() -> turns(hits, 1));
        List<Side> sides = turns(hits, slices * TURNS_PER_SLICE);
        double ours = median(sides.get(0).nanos);
        double theirs = median(sides.get(1).nanos);
        System.out.printf(
                Locale.ROOT,
                "%d ids, %3d cached:  cacheaside %,6.0f us, by hand %,6.0f us, x %.2f%s; processor time here and in Redis"
                        + " %,.0f and %,.0f us, by hand %,.0f and %,.0f us%n",
                SIZE,
                hits,
                ours / 1e3,
                theirs / 1e3,
                ours / theirs,
                Double.isNaN(most) ? "" : String.format(Locale.ROOT, " (demanded: at most %.1f)", most),
                sides.get(0).own.perCall(),
                sides.get(0).redis.perCall(),
                sides.get(1).own.perCall(),
                sides.get(1).redis.perCall());
        passed &= !(ours / theirs > most);
    }

    /** What one of the two took. */
    private static final class Side {

        final LongFunction<Object> call;
        final List<Long> nanos = new ArrayList<>();
        final Micros own = new Micros();
        final Micros redis = new Micros();

        Side(LongFunction<Object> call) {
            this.call = call;
        }
    }

    /** A sum over calls. */
    private static final class Micros {

        private double sum;
        private int calls;

        void add(double micros) {
            sum += micros;
            calls += CALLS_PER_TURN;
        }

        double perCall() {
            return sum / calls;
        }
    }

    /** Short turns of the one and the other; what a call leaves to be done after it hinders the calls of its own turn. */
    private List<Side> turns(int hits, int turns) {
        List<Side> sides = List.of(
                new Side(number -> cached.products.findAll(ids(number, hits))),
                new Side(number -> byHand.findAll(ids(number, hits))));
        for (int turn = 0; turn < turns; turn++) {
            sides.forEach(this::turn);
        }
        return sides;
    }

    private void turn(Side side) {
        double own = ownMicros();
        double there = redisMicros();
        for (int call = 0; call < CALLS_PER_TURN; call++) {
            long began = System.nanoTime();
            Object answer = side.call.apply(calls++);
            side.nanos.add(System.nanoTime() - began);
            if (answer == null) {
                throw new IllegalStateException("no answer");
            }
        }
        side.own.add(ownMicros() - own);
        side.redis.add(redisMicros() - there);
    }

    private static double ownMicros() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e3;
    }

    private double redisMicros() {
        Matcher used = CPU.matcher(String.valueOf(redis.command("INFO", "cpu")));
        double seconds = 0;
        while (used.find()) {
            seconds += Double.parseDouble(used.group(1));
        }
        return seconds * 1e6;
    }

    private static double median(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElse(0L);
    }

    /** Distinct ids of which {@code hits} are cached; the others were never asked for. */
    private List<Long> ids(long number, int hits) {
        List<Long> ids = new ArrayList<>(SIZE);
        long first = Math.floorMod(number * 0x9E3779B97F4A7C15L >>> 20, (long) keys);
        for (int i = 0; i < hits; i++) {
            ids.add((first + i) % keys);
        }
        for (int i = hits; i < SIZE; i++) {
            ids.add(COLD + number * SIZE + i);
        }
        return ids;
    }

    private void trips() throws InterruptedException {
        redis.command("CONFIG", "RESETSTAT");
        cached.products.findAll(ids(-1, CACHED));
        long deadline = System.nanoTime() + 1_000_000_000L;
        while (redis.calls("evalsha") < 2 && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        long commands = redis.calls("mget") + redis.calls("evalsha");
        System.out.printf(
                Locale.ROOT, "commands of such a call: %d (demanded: at most 3), two of them waited for%n", commands);
        passed &= commands <= 3;
    }

    /** What one JVM with little memory does, and how long Redis stood still for it. */
    private void large() throws InterruptedException, IOException {
        redis.command("CONFIG", "SET", "slowlog-log-slower-than", "0");
        redis.command("CONFIG", "SET", "slowlog-max-len", "100000");
        redis.command("SLOWLOG", "RESET");
        Process small = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeBatch.class.getName(),
                        redis.address())
                .inheritIO()
                .start();
        boolean went = small.waitFor() == 0;
        List<?> commands = (List<?>) Objects.requireNonNull(redis.command("SLOWLOG", "GET", "100000"));
        List<Long> micros = commands.stream()
                .map(entry -> (Long) ((List<?>) entry).get(2))
                .sorted()
                .toList();
        System.out.printf(
                Locale.ROOT,
                "the JVM with %s went %s; Redis' commands: %.2f ms for 99 %%, %.2f ms the longest, whatever interrupted it%n",
                HEAP,
                went ? "through" : "down",
                micros.get(micros.size() * 99 / 100) / 1e3,
                micros.get(micros.size() - 1) / 1e3);
        passed &= went;
    }
}
