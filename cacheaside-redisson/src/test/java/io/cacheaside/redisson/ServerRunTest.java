package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.entry.Frame;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.StoreWatch;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** A Redis that is restarted with the data of an earlier time. */
class ServerRunTest extends OwnRedis {

    /** What a killed connection took along is given up after a moment. */
    private static final RedissonPolicy SHORT =
            new RedissonPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), LONG, LONG, Duration.ofSeconds(1));

    @TempDir
    Path data;

    private final BlockingQueue<Predicate<String>> inDoubt = new LinkedBlockingQueue<>();

    private EmbeddedRedis persistent() {
        return closing(EmbeddedRedis.start("--dir", data.toString()));
    }

    private RedissonSlots watched(RedissonSlots slots) {
        slots.store().watch(new StoreWatch() {
            @Override
            public void removalsInDoubt(Predicate<String> keys) {
                inDoubt.add(keys);
            }

            @Override
            public void answersAgain() {}
        });
        return slots;
    }

    private static byte[] frame(String payload) {
        return Frame.value(1, System.currentTimeMillis(), 0, bytes(payload));
    }

    private static void putFrame(RedissonSlots slots, String key, byte[] frame) {
        long holder = take(slots.leases(), key);
        assertThat(answer(slots.store().fill(key, holder, frame, LONG))).isEqualTo(FillOutcome.STORED);
    }

    private static byte @Nullable [] whenBack(RedissonSlots slots, String key) {
        await("reads work", () -> !fails(slots.store().get("own:other")));
        return answer(slots.store().get(key));
    }

    @Test
    void oldDataThatARestartBroughtBack_isNoValue() {
        EmbeddedRedis redis = persistent();
        assertOldDataIsNoValue(redis, watched(slots(redis)));
    }

    private void assertOldDataIsNoValue(EmbeddedRedis redis, RedissonSlots slots) {
        answer(slots.store().get("own:k"));
        putFrame(slots, "own:k", frame("old"));
        redis.command("SAVE");
        answer(slots.store().invalidate(List.of("own:k")));
        redis.restart();
        assertThat(redis.command("EXISTS", "own:k")).isEqualTo(1L);
        assertThat(whenBack(slots, "own:k")).isNull();
        assertThat(answer(slots.leases().acquire("own:k", holder(), LONG, true)))
                .isInstanceOf(LeaseAttempt.Taken.class);
    }

    @Test
    void oldDataOnAClientOfTheUsersOwn_isNoValueEither() {
        EmbeddedRedis redis = persistent();
        Config config = new Config();
        config.useSingleServer().setAddress(redis.address()).setConnectionMinimumIdleSize(2);
        RedissonClient client = Redisson.create(config);
        closing(() -> end(client));
        assertOldDataIsNoValue(redis, watched(closing(RedissonSlots.open(client, "own", PATIENT))));
    }

    @Test
    void valuesLoadedAfterTheRestart_areValues() {
        EmbeddedRedis redis = persistent();
        RedissonSlots slots = slots(redis);
        putFrame(slots, "own:k", frame("old"));
        redis.restart();
        whenBack(slots, "own:k");
        byte[] fresh = frame("new");
        putFrame(slots, "own:k", fresh);
        assertThat(answer(slots.store().get("own:k"))).isEqualTo(fresh);
    }

    @Test
    void commonTrips_bringNoOldDataBack() {
        EmbeddedRedis redis = persistent();
        RedissonSlots slots = slots(redis);
        for (int i = 0; i < 50; i++) {
            putFrame(slots, "own:" + i, frame("old"));
        }
        redis.command("SAVE");
        redis.restart();
        await("all reads work", () -> {
            List<CompletableFuture<byte @Nullable []>> reads = IntStream.range(0, 50)
                    .mapToObj(i -> slots.store().get("own:" + i))
                    .toList();
            boolean all = reads.stream().noneMatch(OwnRedis::fails);
            assertThat(reads).allMatch(read -> read.isCompletedExceptionally() || read.join() == null);
            return all;
        });
    }

    @Test
    void loadThatBeganBeforeTheRestart_isNotServedThoughItsRevivedLeaseLetItIn() {
        EmbeddedRedis redis = persistent();
        RedissonSlots slots = slots(redis);
        long holder = take(slots.leases(), "own:k");
        byte[] old = frame("old");
        redis.command("SAVE");
        answer(slots.store().invalidate(List.of("own:k")));
        redis.restart();
        whenBack(slots, "own:k");
        assertThat(answer(slots.store().fill("own:k", holder, old, LONG))).isEqualTo(FillOutcome.STORED);
        assertThat(answer(slots.store().get("own:k"))).isNull();
    }

    @Test
    void restart_putsRemovalsInDoubt_alsoWhereNobodyReads() throws InterruptedException {
        EmbeddedRedis redis = persistent();
        RedissonSlots slots = watched(slots(redis));
        await("the first run is known", () -> !fails(slots.store().get("own:k")));
        inDoubt.clear();
        redis.restart();
        Predicate<String> keys = inDoubt.poll(20, TimeUnit.SECONDS);
        assertThat(keys).isNotNull().accepts("own:k");
    }

    @Test
    void looksThatGetNoAnswer_areRepeated_alsoWhereNobodyReads() throws IOException {
        EmbeddedRedis redis = redis();
        AtomicReference<String> run = new AtomicReference<>("a");
        AtomicReference<@Nullable Gate> held = new AtomicReference<>();
        AtomicLong lastRequest = new AtomicLong();
        ScriptedRedis way = closing(new ScriptedRedis(redis.port(), request -> {
            lastRequest.set(System.nanoTime());
            if (!request.equals(List.of("INFO", "server"))) {
                return null;
            }
            Gate gate = held.get();
            if (gate != null) {
                gate.pass();
            }
            String info = "run_id:" + run.get() + "\r\nuptime_in_seconds:5\r\n";
            return "$" + info.length() + "\r\n" + info + "\r\n";
        }));
        Duration moment = Duration.ofMillis(200);
        RedissonPolicy policy = new RedissonPolicy(moment, moment, LONG, LONG, Duration.ofSeconds(1));
        RedissonSlots slots = Connected.connected(slots(RedissonSettings.of(way.address()), policy));
        await("the run is known", () -> !fails(slots.store().get("own:k")));
        watched(slots);
        Gate looks = new Gate("looks at the new connections");
        closing(looks::open);
        run.set("b");
        held.set(looks);
        way.killClients();
        looks.awaitArrival();
        await(
                "all connections are made, and looks at them given up",
                () -> System.nanoTime() - lastRequest.get() > 2 * moment.toNanos());
        held.set(null);
        looks.open();
        await("removals are in doubt", () -> inDoubt.stream().anyMatch(keys -> keys.test("own:k")));
    }

    @Test
    void newConnectionsToTheSameRun_putNothingInDoubt() {
        EmbeddedRedis redis = persistent();
        RedissonSlots slots = watched(slots(RedissonSettings.of(redis.address()), SHORT));
        byte[] frame = frame("value");
        putFrame(slots, "own:k", frame);
        inDoubt.clear();
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        assertThat(whenBack(slots, "own:k")).isEqualTo(frame);
        assertThat(inDoubt).isEmpty();
    }

    @Test
    void serverThatRefusesInfo_isUsedAllTheSame() {
        EmbeddedRedis redis = redis();
        redis.command("ACL", "SETUSER", "cache", "on", ">pw", "~*", "&*", "+@all", "-info");
        RedissonSlots slots = slots(RedissonSettings.of(redis.address()).withUser("cache", "pw"), PATIENT);
        byte[] frame = frame("value");
        putFrame(slots, "own:k", frame);
        assertThat(answer(slots.store().get("own:k"))).isEqualTo(frame);
    }

    @Test
    void connectionThatBreaksWhileTheRunIsAskedFor_isNotWaitedFor() throws IOException {
        EmbeddedRedis redis = redis();
        AtomicBoolean breaks = new AtomicBoolean();
        ScriptedRedis way = closing(new ScriptedRedis(
                redis.port(),
                request -> request.equals(List.of("INFO", "server")) && breaks.getAndSet(false)
                        ? ScriptedRedis.HANG_UP
                        : null));
        Duration moment = Duration.ofMillis(200);
        RedissonPolicy policy = new RedissonPolicy(moment, moment, LONG, LONG, Duration.ofSeconds(1));
        RedissonSlots slots = Connected.connected(slots(RedissonSettings.of(way.address()), policy));
        await("the run is known", () -> !fails(slots.store().get("own:k")));
        breaks.set(true);
        way.killClients();
        await("it was asked for", () -> !breaks.get());
        await("reads work", () -> !fails(slots.store().get("own:k")));
    }
}
