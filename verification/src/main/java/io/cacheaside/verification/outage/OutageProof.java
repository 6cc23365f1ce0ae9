package io.cacheaside.verification.outage;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.verification.ChildJvm;
import io.cacheaside.verification.FileTree;
import io.cacheaside.verification.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * An open loop of reads of cached keys while Redis stands still, and while it is gone, in turns with a cache that was written
 * by hand on Redisson; then a crowd on one cold key without Redis. With the library's defaults nobody may get an exception
 * or be sent away, and what was written meanwhile is read by every instance once Redis has it.
 */
public final class OutageProof {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int INSTANCES = 2;
    private static final int WRITTEN = 20;

    private OutageProof() {}

    /**
     * What to do.
     *
     * @param perSecond reads
     * @param inFlight how many of them may be under way
     * @param outage how long Redis is away
     * @param around how long it is looked before that and, at least, afterwards; as long again the JVM warms up
     * @param crowd threads on one cold key, in all instances together
     * @param sides the cache, and by hand if that is compared
     */
    public record Plan(
            int perSecond,
            int inFlight,
            Duration outage,
            Duration around,
            int keys,
            Duration load,
            int crowd,
            List<String> sides) {

        /** The plan in {@code options}. */
        public static Plan of(Options options) {
            options.only(Set.of("rate", "in-flight", "outage", "around", "keys", "load", "crowd", "peers"));
            return new Plan(
                    options.positive("rate", 1_000),
                    options.positive("in-flight", 200),
                    options.duration("outage", Duration.ofSeconds(5)),
                    options.duration("around", Duration.ofSeconds(4)),
                    Math.max(WRITTEN, options.positive("keys", 200)),
                    options.duration("load", Duration.ofMillis(2)),
                    options.positive("crowd", 10_000),
                    OutageJvm.sides(options.text("peers", OutageJvm.BY_HAND)));
        }
    }

    /**
     * The last line.
     *
     * @param zeros whether callers noticed nothing, however long things took
     */
    public record Verdict(boolean zeros, boolean passed, String text) {
        @Override
        public String toString() {
            return (passed ? "PASS" : "FAIL") + " outage: " + text;
        }
    }

    /** Runs everything and prints the figures. */
    public static Verdict run(Plan plan, PrintStream out) throws IOException {
        Path directory = Files.createTempDirectory("cacheaside-outage");
        OutageReport report = new OutageReport(plan, out);
        try {
            for (boolean frozen : new boolean[] {true, false}) {
                for (String side : plan.sides) {
                    report.add(frozen ? "frozen" : "killed", side, turn(plan, side, frozen, directory));
                }
            }
            report.add(crowd(plan, directory));
        } finally {
            FileTree.delete(directory);
        }
        return report.verdict();
    }

    /**
     * What one side did in one outage.
     *
     * @param loadNanos 99th percentile of the loads while the breaker was open
     * @param failedWrites writes that threw
     * @param journalMillis until nothing waited for acknowledgement any more
     * @param stale wrong reads of written keys, in all instances, right after that
     */
    record Turn(
            Phases phases, long loadNanos, int failedWrites, long longestWriteNanos, double journalMillis, int stale) {}

    private static Turn turn(Plan plan, String side, boolean frozen, Path directory) throws IOException {
        List<ChildJvm> instances = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.start("--maxmemory", "200mb")) {
            start(plan, side, redis, directory, instances);
            order(instances, "warm");
            order(instances.get(0), "load " + plan.perSecond + " " + plan.inFlight);
            rest(plan.around); // compilers at work
            long begun = System.nanoTime();
            rest(plan.around);
            order(instances.get(0), "forget");
            long gone = away(redis, frozen);
            int share = WRITTEN / INSTANCES;
            for (int i = 0; i < INSTANCES; i++) {
                long pause = plan.outage.toMillis() / (share + 2);
                order(instances.get(i), "write " + i * share + " " + share + " " + pause);
            }
            rest(plan.outage.minusNanos(System.nanoTime() - gone));
            back(redis, frozen);
            long back = System.nanoTime();
            // a write that has not returned yet owes nothing to anybody
            String[] writes = figures(order(instances, "written"));
            double journal = journal(instances, back);
            int stale = side.equals(OutageJvm.BY_HAND) ? 0 : stale(instances);
            rest(plan.around.minusNanos(System.nanoTime() - back));
            stale = side.equals(OutageJvm.BY_HAND) ? stale(instances) : stale;
            long opened = Long.parseLong(order(instances.get(0), "opened"));
            long open = opened < gone || opened > back ? back : opened;
            Path file = directory.resolve(side + frozen);
            long load = Long.parseLong(order(instances.get(0), "stop " + file + " " + open + " " + back));
            return new Turn(
                    new Phases(Sample.read(file, begun), gone, open, back),
                    load,
                    Integer.parseInt(writes[0]),
                    Long.parseLong(writes[1]),
                    journal,
                    stale);
        } finally {
            for (ChildJvm instance : instances) {
                instance.close();
            }
        }
    }

    private static void start(Plan plan, String side, EmbeddedRedis redis, Path directory, List<ChildJvm> instances)
            throws IOException {
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(ChildJvm.start(
                    OutageJvm.class,
                    "--redis",
                    redis.address(),
                    "--side",
                    side,
                    "--rows",
                    directory.resolve("rows").toString(),
                    "--keys",
                    "" + plan.keys,
                    "--load",
                    plan.load.toMillis() + "ms"));
        }
        for (ChildJvm instance : instances) {
            instance.expect("up", PATIENCE);
        }
    }

    private static long away(EmbeddedRedis redis, boolean frozen) {
        long now = System.nanoTime();
        if (frozen) {
            redis.freeze();
        } else {
            redis.stop();
        }
        return now;
    }

    private static void back(EmbeddedRedis redis, boolean frozen) {
        if (frozen) {
            redis.thaw();
        } else {
            redis.restart();
        }
    }

    /** Milliseconds until no instance waits for an acknowledgement; infinite where that takes too long. */
    private static double journal(List<ChildJvm> instances, long since) throws IOException {
        while (System.nanoTime() - since < PATIENCE.toNanos() / 4) {
            if (order(instances, "open").stream().allMatch("0"::equals)) {
                return (System.nanoTime() - since) / 1e6;
            }
            rest(Duration.ofMillis(10));
        }
        return Double.POSITIVE_INFINITY;
    }

    private static int stale(List<ChildJvm> instances) throws IOException {
        return order(instances, "stale " + WRITTEN).stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** The sum of the first figures and the largest of the second ones. */
    private static String[] figures(List<String> answers) {
        long sum = 0;
        long largest = 0;
        for (String answer : answers) {
            String[] figures = answer.split(" ", -1);
            sum += Long.parseLong(figures[0]);
            largest = Math.max(largest, Long.parseLong(figures[1]));
        }
        return new String[] {"" + sum, "" + largest};
    }

    /** What the instances say of a crowd on one cold key when Redis has just gone: loads, at a time, failed, nanoseconds. */
    private static List<String> crowd(Plan plan, Path directory) throws IOException {
        List<ChildJvm> instances = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.start("--maxmemory", "200mb")) {
            start(plan, plan.sides.get(0), redis, directory, instances);
            order(instances, "warm");
            redis.stop();
            return order(instances, "stampede " + plan.crowd / INSTANCES);
        } finally {
            for (ChildJvm instance : instances) {
                instance.close();
            }
        }
    }

    private static List<String> order(List<ChildJvm> instances, String order) throws IOException {
        for (ChildJvm instance : instances) {
            instance.tell(order);
        }
        List<String> answers = new ArrayList<>();
        for (ChildJvm instance : instances) {
            answers.add(instance.expect(order.split(" ", 2)[0], PATIENCE));
        }
        return answers;
    }

    private static String order(ChildJvm instance, String order) throws IOException {
        return order(List.of(instance), order).get(0);
    }

    private static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
