package io.cacheaside.verification;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.test.EmbeddedRedis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * A cache is emptied in a Redis that holds much else. Redis is asked what is left, and its slow log whether anything has kept
 * others waiting.
 */
public final class SweepProof {

    private static final Duration LONGEST_STEP = Duration.ofMillis(5);
    private static final String VALUE_BYTES = "100";
    private static final int AT_ONCE = 50_000;
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final RedissonPolicy POLICY =
            new RedissonPolicy(PATIENT, PATIENT, PATIENT, PATIENT, Duration.ofSeconds(1));

    private SweepProof() {}

    /**
     * What to do.
     *
     * @param keys of the cache
     * @param others of somebody else
     */
    public record Plan(int keys, int others, int runs) {

        /** The plan in {@code options}. */
        public static Plan of(Options options) {
            options.only(Set.of("keys", "others", "runs"));
            return new Plan(
                    options.positive("keys", 100_000),
                    options.positive("others", 900_000),
                    options.positive("runs", 3));
        }
    }

    /**
     * What came of one run.
     *
     * @param left keys afterwards
     * @param slow commands of Redis that took longer than they may
     */
    record Outcome(long left, Duration took, long slow) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d ms, %,d keys left, %d commands over %d ms",
                    took.toMillis(),
                    left,
                    slow,
                    LONGEST_STEP.toMillis());
        }
    }

    /** The last line. */
    public record Verdict(Plan plan, List<Outcome> outcomes) {

        /** True where each run removed the cache and nothing else, and one kept nobody waiting: the machine does that, too. */
        public boolean passed() {
            return outcomes.size() == plan.runs()
                    && outcomes.stream().allMatch(outcome -> outcome.left() == plan.others())
                    && outcomes.stream().anyMatch(outcome -> outcome.slow() == 0);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s sweep: %,d keys of one cache among %,d others, removed in %s ms",
                    passed() ? "PASS" : "FAIL",
                    plan.keys(),
                    plan.others(),
                    outcomes.stream().map(outcome -> outcome.took().toMillis()).toList());
        }
    }

    /** Runs {@code plan} and prints what each run showed. */
    public static Verdict run(Plan plan, PrintStream out) {
        List<Outcome> outcomes = new ArrayList<>();
        try (EmbeddedRedis redis =
                EmbeddedRedis.start("--slowlog-log-slower-than", "" + LONGEST_STEP.toNanos() / 1_000)) {
            RedissonClient redisson = RedissonClients.create(RedissonSettings.of(redis.address()));
            try (RedissonSlots slots = RedissonSlots.open(redisson, "own", POLICY);
                    CacheAsideClient client = slots.clientBuilder().build()) {
                slots.awaitServing(PATIENT);
                client.invalidateAll("product");
                for (int i = 0; i < plan.runs(); i++) {
                    Outcome outcome = once(plan, redis, client);
                    out.println(outcome);
                    outcomes.add(outcome);
                }
            } finally {
                redisson.shutdown();
            }
        }
        return new Verdict(plan, outcomes);
    }

    private static Outcome once(Plan plan, EmbeddedRedis redis, CacheAsideClient client) {
        fill(redis, "own:product:", plan.keys());
        fill(redis, "own:products:", plan.others());
        redis.command("SLOWLOG", "RESET");
        long begin = System.nanoTime();
        client.invalidateAll("product");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Outcome(number(redis.command("DBSIZE")), took, number(redis.command("SLOWLOG", "LEN")));
    }

    private static void fill(EmbeddedRedis redis, String prefix, int keys) {
        for (int from = 0; from < keys; from += AT_ONCE) {
            int some = Math.min(AT_ONCE, keys - from);
            redis.command("DEBUG", "POPULATE", "" + some, prefix + from, VALUE_BYTES);
        }
    }

    private static long number(@Nullable Object answer) {
        return Long.parseLong(String.valueOf(answer));
    }
}
