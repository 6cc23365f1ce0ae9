package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.SlotMove;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis that is not there, or does not let us: it is said once what is wrong and what to do, and used once it works. */
class BadInputTest extends OwnRedis {

    /** What docs/operations.md names. */
    static final String[] NEEDED = ("ACL SETUSER cache reset on >pw ~own:* ~cacheaside:* resetchannels &cacheaside:*"
                    + " +get +getex +mget +set +del +exists +type +hset +hgetall +hdel +hexists +hincrby +pttl +pexpire"
                    + " +pexpireat +time +eval +evalsha +publish +subscribe +unsubscribe +ping +info +scan +wait")
            .split(" ", -1);

    private final ToldLog log = closing(new ToldLog());

    @Test
    void addressWhereNobodyListens_isToldOnce() {
        RedissonSlots slots = slots(RedissonSettings.of("redis://127.0.0.1:1"), RedissonPolicy.DEFAULTS);
        await("it is told", () -> log.warnsOf("does not serve"));
        assertAllFail(slots);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("redis://127.0.0.1:1", "refused", "caching is off until it does", "check the address");
        assertThat(failure(slots.store().get("own:k"))).hasMessageContaining("refused");
        slots.close();
        assertThat(failure(slots.store().get("own:k"))).hasMessageContaining("RedissonSlots is closed");
    }

    @Test
    void hostThatNobodyKnows_isToldOnce() {
        RedissonSlots slots = slots(RedissonSettings.of("redis://no-such-host.invalid:6379"), RedissonPolicy.DEFAULTS);
        await("it is told", () -> log.warnsOf("does not serve"));
        assertAllFail(slots);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("redis://no-such-host.invalid:6379", "no such host is known: check the address")
                .doesNotContain("(null)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://me:geheim@127.0.0.1:", "redis://:geheim@127.0.0.1:"})
    void wrongPassword_isToldAndShownNowhere(String start) {
        EmbeddedRedis redis = closing(EmbeddedRedis.startWithPassword("secret"));
        RedissonSettings settings = RedissonSettings.of(start + redis.port());
        RedissonSlots slots = slots(settings, RedissonPolicy.DEFAULTS);
        await("it is told", () -> log.warnsOf("does not serve"));
        assertAllFail(slots);
        assertThat(log.warnings()).singleElement().asString().contains("WRONGPASS", "check user and password");
        Throwable failure = failure(slots.store().get("own:k"));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(log.everything() + trace + settings + settings.withPassword("geheim"))
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-eval -evalsha", "-evalsha", "-hset", "resetkeys"})
    void userWhoMayNotDoWhatIsNeeded_isToldOnce_andServedOnceItMay(String missing) {
        EmbeddedRedis redis = redis();
        redis.command(NEEDED);
        change(redis, missing);
        RedissonSlots slots = slots(cache(redis), RedissonPolicy.DEFAULTS);
        await("it is told", () -> log.warnsOf("does not serve"));
        assertThat(fails(slots.store().get("own:k"))).isTrue();
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .containsAnyOf("NOPERM", "can't run this command", "ACL failure in script")
                .contains("allow this user what docs/operations.md lists")
                .doesNotContain("\n");
        redis.command("ACL", "SETUSER", "cache", "+@all", "~*");
        await("it works", () -> !fails(slots.store().get("own:k")));
        put(slots, "own:k", "value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-publish", "-subscribe", "resetchannels"})
    void userWhoMayNotWakeOthers_isToldOnce_andCachesAllTheSame(String missing) {
        EmbeddedRedis redis = redis();
        redis.command(NEEDED);
        change(redis, missing);
        RedissonSlots slots = slots(cache(redis), PATIENT);
        put(slots, "own:k", "value");
        answer(slots.store().invalidate(List.of("own:k")));
        await("it is told", () -> log.warnsOf("lets nobody be woken"));
        assertThat(log.warnings().stream().filter(warning -> warning.contains("woken")))
                .singleElement()
                .asString()
                .contains("cacheaside:wake:own", "every 100 ms", "allow PUBLISH, SUBSCRIBE");
        assertThat(isReliable(slots)).isFalse();
    }

    @Test
    void userWhoMayDoWhatIsNeeded_lacksNothing() {
        EmbeddedRedis redis = redis();
        redis.command(NEEDED);
        RedissonSlots slots = slots(cache(redis), PATIENT);
        useAll(slots, () -> redis.command("SCRIPT", "FLUSH"));
        await("the subscription works", () -> isReliable(slots));
        assertThat(log.warnings()).noneMatch(warning -> warning.contains("NOPERM"));
    }

    @Test
    void userWhoMayDoWhatIsNeededInACluster_lacksNothingEither() {
        EmbeddedCluster cluster = SharedCluster.cluster();
        cluster.nodes().forEach(node -> {
            node.command(NEEDED);
            node.command("ACL", "SETUSER", "cache", "+cluster|nodes", "+asking");
            if (!"[null]".equals(String.valueOf(node.command("COMMAND", "INFO", "waitaof")))) {
                node.command("ACL", "SETUSER", "cache", "+waitaof");
            }
        });
        RedissonSlots slots =
                slots(RedissonSettings.ofCluster(cluster.addresses()).withUser("cache", "pw"), PATIENT);
        useAll(slots, () -> cluster.nodes().forEach(node -> node.command("SCRIPT", "FLUSH")));
        await("the subscription works", () -> isReliable(slots));
        try (SlotMove move = SlotMove.of(cluster, "own:k")) {
            answer(slots.store().invalidate(List.of("own:k")));
            assertThat(stored(slots.store(), "own:k")).isNull();
        }
        assertThat(log.warnings()).noneMatch(warning -> warning.contains("NOPERM"));
    }

    private static void useAll(RedissonSlots slots, Runnable flush) {
        long holder = take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        flush.run();
        assertThat(answer(slots.leases().renew("own:k", holder, LONG))).isTrue();
        answer(slots.leases().release("own:k", holder));
        put(slots, "own:k", "value");
        assertThat(answer(slots.store().get("own:k"))).isNotNull();
        answer(slots.store().mark(List.of("own:k"), 1, LONG));
        answer(slots.store().remove(List.of(new Removal("own:k", 1, Duration.ofMillis(1)))));
        answer(slots.store().removeAll("own:"));
    }

    @Test
    void replica_isBypassedUntilItIsAMaster() {
        EmbeddedRedis master = redis();
        EmbeddedRedis replica = redis();
        replica.command("REPLICAOF", "127.0.0.1", "" + master.port());
        RedissonSlots slots = slots(RedissonSettings.of(replica.address()), RedissonPolicy.DEFAULTS);
        await("it is told", () -> log.warnsOf("does not serve"));
        assertAllFail(slots);
        assertThat(log.warnings().stream().filter(warning -> warning.contains("does not serve")))
                .singleElement()
                .asString()
                .contains("READONLY", "this is a replica: name the master");
        replica.command("REPLICAOF", "NO", "ONE");
        await("it works", () -> !fails(slots.store().get("own:k")));
        put(slots, "own:k", "value");
    }

    @Test
    void masterThatBecomesAReplica_isNotReadAnyMore() {
        EmbeddedRedis master = redis();
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), PATIENT);
        put(slots, "own:k", "value");
        redis.command("REPLICAOF", "127.0.0.1", "" + master.port());
        assertThat(fails(slots.store().invalidate(List.of("own:k")))).isTrue();
        assertThat(failure(slots.store().get("own:k"))).rootCause().hasMessageContaining("READONLY");
        assertThat(log.warnings()).anyMatch(warning -> warning.contains("refuses") && warning.contains("READONLY"));
        redis.command("REPLICAOF", "NO", "ONE");
        await("it works", () -> !fails(slots.store().get("own:k")));
        put(slots, "own:k", "new");
    }

    @Test
    void redisThatIsFullAtStart_takesRemovalsAndIsFilledOnceThereIsRoom() {
        EmbeddedRedis redis = redis();
        redis.command("SET", "own:k", "old");
        redis.command("CONFIG", "SET", "maxmemory", "1");
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), PATIENT);
        answer(slots.store().invalidate(List.of("own:k")));
        assertThat(redis.command("GET", "own:k")).isNull();
        assertThat(answer(slots.leases().acquire("own:k", holder(), LONG, true)))
                .isInstanceOf(LeaseAttempt.Refused.class);
        assertThat(log.warnings())
                .anyMatch(warning -> warning.contains("Redis is full") && warning.contains("maxmemory"));
        redis.command("CONFIG", "SET", "maxmemory", "100mb");
        await(
                "leases are given",
                () -> answer(slots.leases().acquire("own:l", holder(), LONG, true)) instanceof LeaseAttempt.Taken);
        put(slots, "own:k", "value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -LOADING Redis is loading the dataset in memory | LOADING Redis is loading | it is read from disk
            -MOVED 1 127.0.0.1:1 | 127.0.0.1:1 | name its nodes in cacheaside.redis.cluster-nodes
            -CLUSTERDOWN The cluster is down | CLUSTERDOWN | see CLUSTER INFO
            -MISCONF Redis is configured to save RDB snapshots | MISCONF | cannot save to disk
            """)
    void refusal_isToldOnce_andServedOnceItIsOver(String refusal, String words, String advice) throws IOException {
        EmbeddedRedis redis = redis();
        AtomicBoolean refusing = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        ScriptedRedis front = closing(new ScriptedRedis(
                redis.port(),
                request -> refusing.get() && request.get(0).equals("EVALSHA") && tries.incrementAndGet() > 0
                        ? refusal + "\r\n"
                        : null));
        RedissonSlots slots = slots(RedissonSettings.of(front.address()), RedissonPolicy.DEFAULTS);
        await("it is told", () -> log.warnsOf("does not serve"));
        await("it is tried again", () -> tries.get() > 3);
        assertAllFail(slots);
        assertThat(log.warnings().stream().filter(warning -> warning.contains("does not serve")))
                .singleElement()
                .asString()
                .contains(words, advice);
        refusing.set(false);
        await("it works", () -> !fails(slots.store().get("own:k")));
        RedissonSlots patient = slots(RedissonSettings.of(front.address()), PATIENT);
        put(patient, "own:k", "value");
    }

    @Test
    void redisBefore62_isToldAndUsed() throws IOException {
        String info = "# Server\r\nredis_version:6.0.16\r\nrun_id:0123\r\nuptime_in_seconds:1\r\n";
        EmbeddedRedis redis = redis();
        ScriptedRedis front = closing(new ScriptedRedis(
                redis.port(),
                request -> request.equals(List.of("INFO", "server"))
                        ? "$" + info.length() + "\r\n" + info + "\r\n"
                        : null));
        RedissonSlots slots = slots(RedissonSettings.of(front.address()), PATIENT);
        put(slots, "own:k", "value");
        await("it is told", () -> log.warnsOf("Redis 6.0.16 is older than 6.2"));
    }

    @Test
    void startThatWaits_failsInTimeWhereNobodyListens() {
        RedissonSlots slots = slots(RedissonSettings.of("redis://127.0.0.1:1"), RedissonPolicy.DEFAULTS);
        assertThatThrownBy(() -> slots.awaitServing(Duration.ofMillis(300)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("redis://127.0.0.1:1")
                .hasMessageContaining("refused")
                .hasMessageContaining("check the address");
    }

    @Test
    void startThatWaits_failsAtOnceWithTheWrongPassword() {
        EmbeddedRedis redis = closing(EmbeddedRedis.startWithPassword("secret"));
        RedissonSlots slots =
                slots(RedissonSettings.of(redis.address()).withPassword("geheim"), RedissonPolicy.DEFAULTS);
        assertThatThrownBy(() -> slots.awaitServing(Duration.ofDays(1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void startThatWaits_returnsWhenRedisServes() {
        EmbeddedRedis redis = redis();
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()), RedissonPolicy.DEFAULTS);
        assertThatCode(() -> slots.awaitServing(Duration.ofSeconds(20))).doesNotThrowAnyException();
    }

    private static RedissonSettings cache(EmbeddedRedis redis) {
        return RedissonSettings.of(redis.address()).withUser("cache", "pw");
    }

    private static void change(EmbeddedRedis redis, String rules) {
        for (String rule : rules.split(" ", -1)) {
            redis.command("ACL", "SETUSER", "cache", rule);
        }
    }

    private static void assertAllFail(RedissonSlots slots) {
        assertThat(fails(slots.store().get("own:k"))).isTrue();
        assertThat(fails(slots.leases().acquire("own:k", holder(), LONG, true))).isTrue();
        assertThat(fails(slots.store().invalidate(List.of("own:k")))).isTrue();
    }
}
