package io.cacheaside.verification.freshness;

import io.cacheaside.policy.Durations;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.verification.ChildJvm;
import io.cacheaside.verification.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Readers of several JVMs read one key all the time, while it ends again and again: with refresh-ahead and with XFetch nobody
 * waits for a load after the first, and each end costs one load in all JVMs.
 */
public final class FreshnessProof {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private FreshnessProof() {}

    /** The plan in {@code options}. */
    public static Verdict run(Options options, PrintStream out) throws IOException {
        return run(FreshnessPlan.of(options), List.of(Way.EXPIRING, Way.AHEAD, Way.XFETCH), out);
    }

    static Verdict run(FreshnessPlan plan, List<Way> ways, PrintStream out) throws IOException {
        List<ChildJvm> jvms = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            for (int jvm = 0; jvm < plan.jvms(); jvm++) {
                List<String> arguments = new ArrayList<>(List.of(redis.address()));
                arguments.addAll(List.of(plan.arguments()));
                jvms.add(ChildJvm.start(FreshnessJvm.class, arguments.toArray(String[]::new)));
            }
            for (ChildJvm jvm : jvms) {
                jvm.expect("up", PATIENCE);
            }
            List<Period> periods = new ArrayList<>();
            for (Way way : ways) {
                Period period = period(plan, way, jvms);
                out.println(period);
                periods.add(period);
            }
            return new Verdict(plan, periods);
        } finally {
            for (ChildJvm jvm : jvms) {
                jvm.close();
            }
        }
    }

    private static Period period(FreshnessPlan plan, Way way, List<ChildJvm> jvms) throws IOException {
        jvms.get(0).tell("first " + way);
        jvms.get(0).expect("loaded", PATIENCE);
        for (ChildJvm jvm : jvms) {
            jvm.tell("read " + way + " " + plan.length().toMillis());
        }
        int misses = 0;
        List<Load> loads = new ArrayList<>();
        long[] reads = {};
        long[] plain = {};
        for (ChildJvm jvm : jvms) {
            misses += Integer.parseInt(jvm.expect("misses", plan.length().plus(PATIENCE)));
            loads.addAll(Load.all(jvm.expect("loads")));
            reads = concat(reads, jvm.expect("reads"));
            plain = concat(plain, jvm.expect("plain"));
        }
        return new Period(plan, way, loads, misses, reads, plain);
    }

    private static long[] concat(long[] first, String more) {
        return LongStream.concat(
                        LongStream.of(first),
                        Pattern.compile(" ").splitAsStream(more).mapToLong(Long::parseLong))
                .toArray();
    }

    /** The last line. */
    public static final class Verdict {

        private final FreshnessPlan plan;
        private final List<Period> periods;

        Verdict(FreshnessPlan plan, List<Period> periods) {
            this.plan = plan;
            this.periods = List.copyOf(periods);
        }

        List<Period> periods() {
            return periods;
        }

        /** True where every way held what it has to. */
        public boolean passed() {
            return periods.stream().allMatch(Period::passed);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s freshness: one key, %d reads/s in %d JVMs, %d expiries of %s, load %s",
                    passed() ? "PASS" : "FAIL",
                    plan.rate(),
                    plan.jvms(),
                    plan.expiries(),
                    Durations.format(plan.ttl()),
                    Durations.format(plan.load()));
        }
    }
}
