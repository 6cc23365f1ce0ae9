package io.cacheaside.verification;

import io.cacheaside.policy.Durations;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Many callers in several JVMs ask for one cold key at the same moment: one of them loads, all get its value. The
 * latencies are those of the single callers, from the moment their JVM was told to begin.
 */
final class Stampede {

    private static final int WARM_UP = 3;

    private Stampede() {}

    /**
     * What to do: {@code runs} times {@code callers} callers in {@code jvms} JVMs on a load that takes {@code load}.
     *
     * @param lease also how long an answer about a lease is waited for, which matters on a starved machine
     */
    record Plan(int runs, int callers, int jvms, Duration load, Duration lease) {

        static Plan of(Options options) {
            options.only(Set.of("runs", "callers", "jvms", "load", "lease"));
            return new Plan(
                    options.positive("runs", 20),
                    options.positive("callers", 600),
                    options.positive("jvms", 3),
                    Durations.parse(options.text("load", "50ms")),
                    Durations.parse(options.text("lease", "2s")));
        }

        int callersOf(int jvm) {
            return callers / jvms + (jvm < callers % jvms ? 1 : 0);
        }
    }

    /** What one run showed; latencies in microseconds. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Run(int loads, Set<String> values, Set<String> bypasses, long[] micros) {

        boolean passed(int callers) {
            return loads == 1 && values.size() == 1 && micros.length == callers;
        }
    }

    /** The last line. */
    record Verdict(Plan plan, int good, long p50Micros, long p99Micros) {

        boolean passed() {
            return good == plan.runs + WARM_UP;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s stampede: %d of %d runs with exactly 1 load for %d callers in %d JVMs, load %s, p50 %s, p99 %s",
                    passed() ? "PASS" : "FAIL",
                    good,
                    plan.runs + WARM_UP,
                    plan.callers,
                    plan.jvms,
                    Durations.format(plan.load),
                    millis(p50Micros),
                    millis(p99Micros));
        }
    }

    static Verdict run(Plan plan, PrintStream out) throws IOException {
        List<ChildJvm> jvms = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            for (int jvm = 0; jvm < plan.jvms; jvm++) {
                jvms.add(ChildJvm.start(
                        StampedeJvm.class,
                        redis.address(),
                        "" + jvm,
                        "" + plan.callersOf(jvm),
                        "" + plan.load.toMillis(),
                        "" + plan.lease.toMillis()));
            }
            for (ChildJvm jvm : jvms) {
                jvm.expect("up");
            }
            return runs(plan, jvms, out);
        } finally {
            for (ChildJvm jvm : jvms) {
                jvm.close();
            }
        }
    }

    private static Verdict runs(Plan plan, List<ChildJvm> jvms, PrintStream out) throws IOException {
        int passed = 0;
        long[] measured = {};
        for (int number = 1 - WARM_UP; number <= plan.runs; number++) {
            Run run = once("k" + (number + WARM_UP), jvms);
            passed += run.passed(plan.callers) ? 1 : 0;
            measured = number > 0 ? concat(measured, run.micros) : measured;
            out.println(line(number, plan, run));
        }
        Percentiles latencies = new Percentiles(measured);
        return new Verdict(plan, passed, latencies.at(50), latencies.at(99));
    }

    private static String line(int number, Plan plan, Run run) {
        Percentiles latencies = new Percentiles(run.micros);
        return String.format(
                Locale.ROOT,
                "%-9s %d load%s, %d of %d callers answered, %d value%s, p50 %s, p99 %s, max %s%s",
                number > 0 ? "run " + number : "warm-up",
                run.loads,
                run.loads == 1 ? "" : "s",
                run.micros.length,
                plan.callers,
                run.values.size(),
                run.values.size() == 1 ? "" : "s",
                millis(latencies.at(50)),
                millis(latencies.at(99)),
                millis(latencies.at(100)),
                run.passed(plan.callers) ? "" : "  <- wrong; loads without lease: " + run.bypasses);
    }

    private static Run once(String key, List<ChildJvm> jvms) throws IOException {
        for (ChildJvm jvm : jvms) {
            jvm.tell("prepare " + key);
        }
        for (ChildJvm jvm : jvms) {
            jvm.expect("ready");
        }
        for (ChildJvm jvm : jvms) {
            jvm.tell("go");
        }
        int loads = 0;
        Set<String> values = new TreeSet<>();
        Set<String> bypasses = new TreeSet<>();
        long[] micros = {};
        for (ChildJvm jvm : jvms) {
            loads += Integer.parseInt(jvm.expect("loads"));
            values.addAll(List.of(jvm.expect("values").split(" ")));
            bypasses.addAll(List.of(jvm.expect("bypasses").split(" ")));
            micros = concat(micros, numbers(jvm.expect("micros")));
        }
        return new Run(loads, values, bypasses, micros);
    }

    private static long[] numbers(String text) {
        return Pattern.compile(" ")
                .splitAsStream(text)
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static long[] concat(long[] first, long[] second) {
        return LongStream.concat(LongStream.of(first), LongStream.of(second)).toArray();
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }
}
