package io.cacheaside.verification.fanout;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.verification.ChildJvm;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One write makes very many keys stale, in a JVM whose heap has no room for several copies of them: by an annotated call that
 * has them in a collection, and by the client from keys that are made as they are taken. Redis is asked itself whether what was
 * cached is gone.
 */
public final class FanOutProof {

    private static final int KEYS_PER_QUESTION = 1_000;
    private static final int TRIES = 10;
    private static final Duration UP = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private FanOutProof() {}

    /** One way to bring the keys. */
    private record Way(String order, String name) {}

    private static final List<Way> WAYS =
            List.of(new Way("call", "one annotated call"), new Way("stream", "streamed keys"));

    /**
     * What came of one way.
     *
     * @param before how many entries there were
     * @param after how many of them were left
     * @param redisMicros what a key has taken of Redis' processor
     */
    record Outcome(String way, long before, long after, Figures figures, double redisMicros) {

        boolean passed(FanOutPlan plan) {
            return before == plan.cached()
                    && after == 0
                    && figures.acknowledged() == plan.keys()
                    && figures.unconfirmed() == 0
                    && figures.peakQueue() <= plan.queue();
        }

        @Override
        public String toString() {
            return figures.equals(Figures.NONE)
                    ? way + ": the JVM has ended, most probably for want of memory"
                    : String.format(
                            Locale.ROOT,
                            "%s: %,d entries before, %,d after; %s; %.1f us of Redis a key",
                            way,
                            before,
                            after,
                            figures,
                            redisMicros);
        }
    }

    /** The last line. */
    public record Verdict(FanOutPlan plan, List<Outcome> outcomes) {

        /** True where nothing was left and nothing exceeded its bound. */
        public boolean passed() {
            return outcomes.size() == WAYS.size() && outcomes.stream().allMatch(outcome -> outcome.passed(plan));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s fanout: %,d keys in the background in %s, at most %,d waiting, at %s keys/s; %s",
                    passed() ? "PASS" : "FAIL",
                    plan.keys(),
                    plan.heap(),
                    plan.queue(),
                    outcomes.stream()
                            .map(outcome -> String.format(
                                    Locale.ROOT, "%,d", outcome.figures().keysPerSecond()))
                            .toList(),
                    passed() ? "every cached one gone" : "a bound or a key was missed");
        }
    }

    /** Runs {@code plan} and prints what each way showed. */
    public static Verdict run(FanOutPlan plan, PrintStream out) throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                ChildJvm jvm = ChildJvm.startIn(
                        plan.heap(),
                        FanOutJvm.class,
                        Stream.concat(Stream.of(redis.address()), plan.arguments().stream())
                                .toArray(String[]::new))) {
            jvm.expect("up", UP);
            List<Outcome> outcomes = new ArrayList<>();
            for (Way way : WAYS) {
                Outcome outcome = once(plan, way, redis, jvm);
                out.println(outcome);
                outcomes.add(outcome);
                if (outcome.figures().equals(Figures.NONE)) {
                    break;
                }
            }
            return new Verdict(plan, outcomes);
        }
    }

    private static Outcome once(FanOutPlan plan, Way way, EmbeddedRedis redis, ChildJvm jvm) throws IOException {
        long before = fill(plan, redis, jvm);
        double busy = busySeconds(redis);
        try {
            jvm.tell(way.order());
            Figures figures = Figures.parse(jvm.expect("figures", PATIENCE));
            double micros = (busySeconds(redis) - busy) * 1e6 / plan.keys();
            return new Outcome(way.name(), before, cached(plan, redis), figures, micros);
        } catch (IOException ended) {
            return new Outcome(way.name(), before, cached(plan, redis), Figures.NONE, 0);
        }
    }

    /** Processor time that Redis has used. */
    private static double busySeconds(EmbeddedRedis redis) {
        return Pattern.compile("used_cpu_(?:user|sys):([0-9.]+)")
                .matcher(String.valueOf(redis.command("INFO", "cpu")))
                .results()
                .mapToDouble(time -> Double.parseDouble(time.group(1)))
                .sum();
    }

    /** A caller does not wait for its fill. */
    private static long fill(FanOutPlan plan, EmbeddedRedis redis, ChildJvm jvm) throws IOException {
        long cached = 0;
        for (int i = 0; i < TRIES && cached < plan.cached(); i++) {
            jvm.tell("fill");
            jvm.expect("filled", UP);
            cached = cached(plan, redis);
        }
        return cached;
    }

    private static long cached(FanOutPlan plan, EmbeddedRedis redis) {
        List<String> keys = plan.whoIsCached().stream().map(FanOutJvm::key).toList();
        long cached = 0;
        for (int from = 0; from < keys.size(); from += KEYS_PER_QUESTION) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + KEYS_PER_QUESTION));
            Object answer = redis.command(
                    Stream.concat(Stream.of("EXISTS"), some.stream()).toArray(String[]::new));
            cached += Long.parseLong(String.valueOf(answer));
        }
        return cached;
    }
}
