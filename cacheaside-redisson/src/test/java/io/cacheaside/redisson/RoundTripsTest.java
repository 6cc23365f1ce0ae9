package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.BatchLoader;
import io.cacheaside.engine.FillTerms;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import io.cacheaside.test.CommandTap;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.Gate;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.Slots;
import io.cacheaside.test.TestJvm;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Redis receives, from its own view: client commands, those inside scripts not counted. */
class RoundTripsTest extends OwnRedis {

    private static final InvalidationPolicy STRICT = new InvalidationPolicy(true, Duration.ZERO, false);

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slots = slots(redis);
    private CommandTap tap;

    @BeforeEach
    void warmUp() {
        put(slots, "own:warm", "value");
        answer(slots.store().invalidate(List.of("own:warm")));
        await("the subscription works", () -> isReliable(slots));
        tap = closing(redis.tap());
        redis.command("CONFIG", "RESETSTAT");
    }

    @Test
    void hit_isOneGet() {
        put(slots, "own:hit", "value");
        tap.commands();
        answer(slots.store().get("own:hit"));
        assertThat(tap.commands()).containsExactly("GET");
    }

    @Test
    void slidingHit_isOneGetex() throws Throwable {
        CacheSettings sliding = CacheSettings.builder()
                .ttl(Duration.ofMinutes(30))
                .expiry(Expiry.AFTER_ACCESS)
                .build()
                .orElse(TestJvm.settings());
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), sliding)) {
            String key = TestJvm.key("k");
            jvm.read(key, () -> "value");
            await("the fill", () -> redis.calls("set") == 1);
            assertThat(tap.commands()).containsExactly("GETEX", "EVALSHA", "EVALSHA");
            redis.command("PEXPIRE", key, "1000");
            redis.command("CONFIG", "RESETSTAT");
            tap.commands();
            assertThat(jvm.read(key, () -> "again")).isEqualTo("value");
            assertThat(tap.commands()).containsExactly("GETEX");
            assertThat(redis.calls("getex")).isEqualTo(1);
            assertThat(redis.calls("get")).isZero();
            assertThat((Long) redis.command("PTTL", key)).isGreaterThan(1_790_000);
        }
    }

    @Test
    void uncontendedMiss_isThreeCommands() {
        long holder = holder();
        answer(slots.store().get("own:miss"));
        assertThat(answer(slots.leases().acquire("own:miss", holder, LONG, true)))
                .isInstanceOf(LeaseAttempt.Taken.class);
        answer(slots.store().fill("own:miss", holder, bytes("value"), LONG));
        assertThat(tap.commands()).containsExactly("GET", "EVALSHA", "EVALSHA");
        // the other ran inside ACQUIRE; FILL stores at once where there is nothing
        assertThat(redis.calls("get")).isEqualTo(2);
        assertThat(redis.calls("set")).isEqualTo(1);
        assertThat(redis.calls("evalsha")).isEqualTo(2);
    }

    @Test
    void endOfALeaseThatNobodyHasAskedFor_isNotTold() {
        String key = "own:k";
        AtomicInteger told = new AtomicInteger();
        AtomicBoolean last = new AtomicBoolean();
        slots.leases().onWakeUp(key, told::incrementAndGet);
        slots.leases().onWakeUp("own:last", () -> last.set(true));
        put(slots, key, "value");
        answer(slots.store().invalidate(List.of(key)));
        answer(slots.leases().release(key, take(slots.leases(), key)));
        take(slots.leases(), key);
        answer(slots.store().mark(List.of(key), 1, LONG));
        redis.command("PUBLISH", "cacheaside:wake:own", "own:last");
        await("the last message", last::get);
        assertThat(told).hasValue(0);
    }

    @Test
    void missWithTags_waitsForTwoTripsOfThree() throws Throwable {
        slots.store()
                .tag(Map.of("own:warm", List.of("own:warm")), LONG)
                .values()
                .forEach(OwnRedis::answer);
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings())) {
            String key = TestJvm.key("k");
            Gate fill = jvm.gates().holdBeforeSend(Operation.FILL);
            Gate registered = jvm.gates().holdReply(Operation.TAG);
            tap.commands();
            Call<String> miss = TestJvm.start(() -> jvm.read(key, () -> "value", tagged()));
            registered.awaitArrival();
            await("the lease, asked for meanwhile", () -> jvm.gates().answered(Operation.ACQUIRE) == 1);
            registered.open();
            assertThat(miss.result()).isEqualTo("value");
            assertThat(tap.commands()).containsExactly("GET", "EVALSHA", "EVALSHA");
            fill.open();
            await("the fill", () -> redis.calls("set") == 1);
            assertThat(tap.commands()).containsExactly("EVALSHA");
            assertThat(jvm.read(key, () -> "again", tagged())).isEqualTo("value");
            assertThat(tap.commands()).containsExactly("GET");
        }
    }

    private static FillTerms tagged() {
        return new FillTerms() {
            @Override
            public boolean allow(Object value) {
                return true;
            }

            @Override
            public List<String> tags() {
                return List.of("test:red", "test:blue");
            }
        };
    }

    @Test
    void invalidationOfManyKeys_isOneCommand() {
        answer(slots.store()
                .invalidate(IntStream.range(0, 50).mapToObj(i -> "own:k:" + i).toList()));
        assertThat(tap.commands()).containsExactly("EVALSHA");
    }

    @Test
    void strictWrite_isOneCommandMoreThanAPlainOne() throws Throwable {
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings())) {
            String key = TestJvm.key("k");
            jvm.write(key, STRICT, () -> null);
            tap.commands();
            jvm.write(key, InvalidationPolicy.PLAIN, () -> null);
            assertThat(tap.commands()).containsExactly("EVALSHA");
            jvm.write(key, STRICT, () -> null);
            assertThat(tap.commands()).containsExactly("EVALSHA", "EVALSHA");
        }
    }

    @Test
    void readsOfAKeyThatIsWrittenStrictly_costWhatOthersDo() throws Throwable {
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings())) {
            String key = TestJvm.key("k");
            jvm.write(key, STRICT, () -> null);
            tap.commands();
            jvm.read(key, () -> "value");
            await("the fill", () -> redis.calls("set") == 1);
            assertThat(tap.commands()).containsExactly("GET", "EVALSHA", "EVALSHA");
            jvm.read(key, () -> "value");
            assertThat(tap.commands()).containsExactly("GET");
        }
    }

    @Test
    void marksAndDropsOfManyKeys_areOneCommandEach() {
        List<String> keys = IntStream.range(0, 50).mapToObj(i -> "own:k:" + i).toList();
        answer(slots.store().mark(keys, 1, LONG));
        tap.commands();
        answer(slots.store().mark(keys, 1, LONG));
        answer(slots.store()
                .remove(keys.stream().map(key -> new Removal(key, 1, LONG)).toList()));
        assertThat(tap.commands()).containsExactly("EVALSHA", "EVALSHA");
    }

    @Test
    void readsThatComeWhileTheLanesAreTaken_travelTogether() {
        redis.freeze();
        List<CompletableFuture<byte[]>> reads = IntStream.range(0, 10)
                .mapToObj(i -> slots.store().get("own:k:" + i))
                .toList();
        redis.thaw();
        reads.forEach(OwnRedis::answer);
        assertThat(tap.commands()).containsExactly("GET", "GET", "MGET");
    }

    @Test
    void batchesThatComeWhileTheLanesAreTaken_travelTogether() {
        redis.freeze();
        List<CompletableFuture<byte[]>> reads = IntStream.range(0, 5)
                .mapToObj(i -> slots.store().getAll(List.of("own:k:" + i, "own:l:" + i), null))
                .flatMap(List::stream)
                .toList();
        redis.thaw();
        reads.forEach(OwnRedis::answer);
        assertThat(tap.commands()).containsExactly("MGET", "MGET", "MGET");
    }

    @Test
    void readsThatTouch_followTheOthersOfTheirTripInOnePipeline() {
        redis.command("RPUSH", "own:k:7", "foreign");
        put(slots, "own:k:8", "eight");
        put(slots, "own:k:9", "nine");
        tap.commands();
        redis.freeze();
        List<CompletableFuture<byte[]>> reads = IntStream.range(0, 10)
                .mapToObj(i -> i % 3 == 0
                        ? slots.store().get("own:k:" + i)
                        : slots.store().getAndTouch("own:k:" + i, LONG))
                .toList();
        redis.thaw();
        assertThat(reads.stream().map(OwnRedis::answer).skip(7)).containsExactly(null, bytes("eight"), bytes("nine"));
        assertThat(tap.commands()).containsExactly("GET", "GETEX", "MGET", "GETEX", "GETEX", "GETEX", "GETEX", "GETEX");
    }

    @Test
    void batchOfAHundredWithNinetyHits_isThreeCommands() throws Throwable {
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings())) {
            List<String> keys =
                    IntStream.range(0, 100).mapToObj(i -> TestJvm.key("k" + i)).toList();
            jvm.readAll(keys.subList(0, 90), RoundTripsTest::named);
            await("the fills", () -> redis.calls("set") == 90);
            redis.command("CONFIG", "RESETSTAT");
            tap.commands();
            assertThat(jvm.readAll(keys, RoundTripsTest::named)).hasSize(100).doesNotContainNull();
            await("the fills", () -> redis.calls("set") == 10);
            assertThat(tap.commands()).containsExactly("MGET", "EVALSHA", "EVALSHA");
            // the others ran inside the scripts
            assertThat(redis.calls("mget")).isEqualTo(1);
            assertThat(redis.calls("evalsha")).isEqualTo(2);
        }
    }

    @Test
    void batchOfAHundred_waitsForTwoTrips() throws Throwable {
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings())) {
            List<String> keys =
                    IntStream.range(0, 100).mapToObj(i -> TestJvm.key("k" + i)).toList();
            Gate fills = jvm.gates().holdAllBeforeSend(Operation.FILL);
            assertThat(jvm.readAll(keys, RoundTripsTest::named)).hasSize(100).doesNotContainNull();
            assertThat(tap.commands()).containsExactly("MGET", "EVALSHA");
            fills.open();
        }
    }

    @Test
    void batchOfTenThousand_isOneCallAndTwelveCommandsAThousand() throws Throwable {
        // more than a hundred thousand commands inside scripts would go through it
        tap.close();
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings())) {
            List<String> keys = IntStream.range(0, 10_000)
                    .mapToObj(i -> TestJvm.key("k" + i))
                    .toList();
            List<Integer> calls = new ArrayList<>();
            BatchLoader loader = positions -> {
                calls.add(positions.length);
                return named(positions);
            };
            assertThat(jvm.readAll(keys, loader)).hasSize(10_000).doesNotContainNull();
            assertThat(calls).hasSize(10).containsOnly(1_000);
            await("the fills", () -> redis.calls("set") == 10_000);
            assertThat(redis.calls("mget")).isEqualTo(40);
            assertThat(redis.calls("evalsha")).isEqualTo(80);
            assertThat(jvm.readAll(keys, loader)).endsWith("value 9999");
            assertThat(calls).hasSize(10);
        }
    }

    @Test
    void absentElementsOfABatch_areReleasedInOneCommand() throws Throwable {
        try (TestJvm jvm = new TestJvm(new Slots(slots.store(), slots.leases()), TestJvm.settings())) {
            List<String> keys =
                    IntStream.range(0, 100).mapToObj(i -> TestJvm.key("k" + i)).toList();
            jvm.readAll(keys, positions -> new Object[positions.length]);
            await("the releases", () -> redis.calls("evalsha") == 2);
            assertThat(tap.commands()).containsExactly("MGET", "EVALSHA", "EVALSHA");
            assertThat(redis.command("KEYS", "*")).isEqualTo(List.of());
        }
    }

    private static Object[] named(int[] positions) {
        return IntStream.of(positions).mapToObj(position -> "value " + position).toArray();
    }

    @Test
    void largeValues_areSpreadOverSeveralTrips() {
        List<String> keys =
                IntStream.range(0, 12).mapToObj(i -> "own:large:" + i).toList();
        keys.forEach(key -> redis.command("SETRANGE", key, "" + ((1 << 20) - 1), "x"));
        answer(slots.store().get(keys.get(0)));
        tap.commands();
        redis.freeze();
        List<CompletableFuture<byte[]>> reads =
                keys.stream().map(key -> slots.store().get(key)).toList();
        redis.thaw();
        reads.forEach(read -> assertThat(answer(read)).hasSize(1 << 20));
        assertThat(tap.commands().stream().filter("MGET"::equals)).hasSize(3);
    }
}
