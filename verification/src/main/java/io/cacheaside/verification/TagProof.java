package io.cacheaside.verification;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.test.EmbeddedRedis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * A tag with very many members is invalidated on one Redis: every value is gone, no member has left the index, and the server
 * was never busy for long with one command, as its own slow log tells.
 */
final class TagProof {

    private static final Duration AIM = Duration.ofSeconds(3);
    private static final long AIM_MICROS = 5_000;
    /** What the slow log takes in, so that it can tell of the longest. */
    private static final long LOGGED_MICROS = 200;

    private static final String NAMESPACE = "verify";
    private static final String CACHE = NAMESPACE + ":page";
    private static final String TAG = "red";
    private static final int TOGETHER = 2_000;

    /** What is measured is the work, on a starved machine too. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final RedissonPolicy PATIENT =
            new RedissonPolicy(PATIENCE, PATIENCE, PATIENCE, PATIENCE, Duration.ofSeconds(1));

    private TagProof() {}

    /** {@code runs} invalidations of a tag with {@code members} members, each with a value of {@code bytes}. */
    record Plan(int members, int bytes, int runs) {

        static Plan of(Options options) {
            options.only(Set.of("members", "bytes", "runs"));
            return new Plan(
                    options.positive("members", 100_000), options.positive("bytes", 200), options.positive("runs", 5));
        }
    }

    /**
     * One of them.
     *
     * @param longestMicros of all commands that Redis ran meanwhile; zero where none took {@link #LOGGED_MICROS}
     * @param middleMicros of the {@code logged} ones that took so long; where it is far below the longest, that one was kept
     *     waiting by the machine
     * @param values that are left
     */
    record Run(
            Duration took,
            long longestMicros,
            String longest,
            long middleMicros,
            int logged,
            long values,
            long members) {}

    /** The last line; of the times the middle ones. */
    record Verdict(Plan plan, List<Run> runs) {

        /** Nothing but the figures, whatever the machine. */
        boolean isComplete() {
            return runs.stream().allMatch(run -> run.values == 0 && run.members == plan.members);
        }

        boolean passed() {
            return isComplete() && took().compareTo(AIM) < 0 && longestMicros() <= AIM_MICROS;
        }

        private Duration took() {
            return runs.stream().map(Run::took).sorted().toList().get(runs.size() / 2);
        }

        private long longestMicros() {
            return runs.stream().map(Run::longestMicros).sorted().toList().get(runs.size() / 2);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s tags: %d members, %s, invalidated in %.2f s (aim %d s), longest command %.1f ms (aim %d ms); the middle"
                            + " of %d runs",
                    passed() ? "PASS" : "FAIL",
                    plan.members,
                    isComplete() ? "every value gone, every member kept" : "NOT COMPLETE",
                    took().toMillis() / 1e3,
                    AIM.toSeconds(),
                    longestMicros() / 1e3,
                    AIM_MICROS / 1_000,
                    runs.size());
        }
    }

    static Verdict run(Plan plan, PrintStream out) {
        List<Run> runs = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.start("--slowlog-max-len", "10000")) {
            RedissonClient redisson = RedissonClients.create(RedissonSettings.of(redis.address()));
            try (RedissonSlots slots = RedissonSlots.open(redisson, NAMESPACE, PATIENT);
                    CacheAsideClient client = client(slots)) {
                slots.awaitServing(PATIENCE);
                register(slots, plan);
                for (int i = 0; i < plan.runs; i++) {
                    Run run = run(plan, redis, client);
                    runs.add(run);
                    out.printf(
                            Locale.ROOT,
                            "%d members in %.2f s, longest command %.1f ms %s, half of %d took %.1f ms at most, %d values left, %d"
                                    + " members left%n",
                            plan.members,
                            run.took.toMillis() / 1e3,
                            run.longestMicros / 1e3,
                            run.longest,
                            run.logged,
                            run.middleMicros / 1e3,
                            run.values,
                            run.members);
                }
            } finally {
                redisson.shutdown();
            }
        }
        return new Verdict(plan, runs);
    }

    private static CacheAsideClient client(RedissonSlots slots) {
        return CacheAsideClient.builder()
                .namespace(NAMESPACE)
                .store(slots.store())
                .leases(slots.leases())
                .codec(KryoCodec.builder().build())
                .build();
    }

    private static void register(RedissonSlots slots, Plan plan) {
        for (int from = 0; from < plan.members; from += TOGETHER) {
            List<String> keys = IntStream.range(from, Math.min(plan.members, from + TOGETHER))
                    .mapToObj(i -> CACHE + ":" + i)
                    .toList();
            Map<String, List<String>> keysByTag = new HashMap<>(Map.of(NAMESPACE + ":" + TAG, keys));
            slots.store().tag(keysByTag, Duration.ofHours(1)).values().forEach(CompletableFuture::join);
        }
    }

    private static Run run(Plan plan, EmbeddedRedis redis, CacheAsideClient client) {
        redis.command("DEBUG", "POPULATE", "" + plan.members, CACHE, "" + plan.bytes);
        redis.command("CONFIG", "SET", "slowlog-log-slower-than", "" + LOGGED_MICROS);
        redis.command("SLOWLOG", "RESET");
        long begin = System.nanoTime();
        client.invalidateTags(List.of(TAG));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        redis.command("CONFIG", "SET", "slowlog-log-slower-than", "-1");
        long longest = 0;
        String command = "";
        List<Long> logged = new ArrayList<>();
        for (Object entry : list(redis.command("SLOWLOG", "GET", "10000"))) {
            List<?> fields = list(entry);
            long micros = number(fields.get(2));
            logged.add(micros);
            if (micros > longest) {
                longest = micros;
                command = "(" + list(fields.get(3)).get(0) + ")";
            }
        }
        long members = number(redis.command("ZCARD", "cacheaside:tag:{" + NAMESPACE + ":" + TAG + "}"));
        Collections.sort(logged);
        long middle = logged.isEmpty() ? 0 : logged.get(logged.size() / 2);
        return new Run(took, longest, command, middle, logged.size(), left(plan, redis), members);
    }

    private static long left(Plan plan, EmbeddedRedis redis) {
        long left = 0;
        for (int from = 0; from < plan.members; from += TOGETHER) {
            String[] command = IntStream.range(from - 1, Math.min(plan.members, from + TOGETHER))
                    .mapToObj(i -> CACHE + ":" + i)
                    .toArray(String[]::new);
            command[0] = "EXISTS";
            left += number(redis.command(command));
        }
        return left;
    }

    private static long number(@Nullable Object answer) {
        return Long.parseLong(String.valueOf(answer));
    }

    private static List<?> list(@Nullable Object answer) {
        return answer instanceof List<?> list ? list : List.of();
    }
}
