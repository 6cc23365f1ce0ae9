package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import io.cacheaside.test.CommandTap;
import io.cacheaside.test.EmbeddedCluster;
import io.cacheaside.test.SlotMove;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.client.RedisTryAgainException;

/** A slot that a cluster moves from one master to another, with a part of its keys on each. */
class MovingSlotTest extends OwnRedis {

    /** Which keys have moved when the removal comes. */
    enum Moved {
        NOTHING,
        VALUE,
        LEASE,
        BOTH
    }

    private final EmbeddedCluster cluster = SharedCluster.cluster();
    private final String key = "own:moving:" + UUID.randomUUID();
    private final SlotKeys slot = SlotKeys.of(key);
    private final RedissonSlots slots = slots(RedissonSettings.ofCluster(cluster.addresses()), PATIENT);
    private SlotMove move;

    @BeforeEach
    void connect() {
        Connected.connected(slots);
    }

    @AfterEach
    void arrive() {
        if (move != null) {
            finish();
        }
    }

    @ParameterizedTest
    @EnumSource
    void removal_getsThrough(Moved moved) {
        put(slots, key, "old");
        long late = take(slots.leases(), key);
        begin();
        move(moved);
        answer(slots.store().invalidate(List.of(key)));
        assertThat(stored(slots.store(), key)).isNull();
        finish();
        assertThat(stored(slots.store(), key)).isNull();
        assertThat(answer(slots.store().fill(key, late, bytes("old"), LONG)))
                .as("the lease was revoked")
                .isEqualTo(FillOutcome.REVOKED);
        put(slots, key, "new");
        assertThat(stored(slots.store(), key)).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    void mark_standsAndIsDropped(Moved moved) {
        put(slots, key, "old");
        long late = take(slots.leases(), key);
        begin();
        move(moved);
        answer(slots.store().mark(List.of(key), 7, LONG));
        assertThat(stored(slots.store(), key)).isNull();
        assertThat(fails(slots.store().fill(key, late, bytes("old"), LONG))).isTrue();
        finish();
        assertThat(answer(slots.store().fill(key, late, bytes("old"), LONG))).isEqualTo(FillOutcome.MARKED);
        assertThat(answer(slots.leases().acquire(key, holder(), LONG, true))).isInstanceOf(LeaseAttempt.Marked.class);
        begin();
        answer(slots.store().remove(List.of(new Removal(key, 7, Duration.ZERO))));
        finish();
        put(slots, key, "new");
    }

    @Test
    void removalOfOneKeyTwice_getsThroughWhereAllItsKeysAreThereStill() {
        answer(slots.store().mark(List.of(key), 7, LONG));
        cluster.masterOf(key).command("SET", slot.value(), "old");
        cluster.masterOf(key).command("SET", slot.note(), "1");
        cluster.masterOf(key).command("HSET", slot.lease(), "somebody", "1");
        begin();
        answer(slots.store().remove(List.of(Removal.of(key), new Removal(key, 7, Duration.ZERO))));
        finish();
        put(slots, key, "new");
    }

    /** Whoever held the lease could fill between the two once the slot has arrived. */
    @Test
    void lease_goesBeforeTheValue() {
        put(slots, key, "old");
        take(slots.leases(), key);
        begin();
        try (CommandTap tap = move.from().tap()) {
            answer(slots.store().invalidate(List.of(key)));
            assertThat(tap.calls().stream().filter(call -> call.startsWith("DEL ")))
                    .startsWith("DEL \"" + slot.lease() + "\"", "DEL \"" + slot.value() + "\"");
        }
    }

    @Test
    void settle_stands() {
        put(slots, key, "old");
        begin();
        answer(slots.store().remove(List.of(new Removal(key, Removal.NO_MARK, LONG))));
        finish();
        assertThat(stored(slots.store(), key)).isNull();
        assertThat(answer(slots.leases().acquire(key, holder(), LONG, true))).isInstanceOf(LeaseAttempt.Marked.class);
    }

    @Test
    void waiter_isWoken() throws InterruptedException {
        await("the subscription works", () -> isReliable(slots));
        take(slots.leases(), key);
        CountDownLatch woken = new CountDownLatch(1);
        try (var ignored = slots.leases().onWakeUp(key, woken::countDown)) {
            answer(slots.leases().acquire(key, holder(), LONG, true));
            begin();
            move(Moved.LEASE);
            answer(slots.store().invalidate(List.of(key)));
            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void reads_findTheValueWhereverItIs() {
        put(slots, key, "value");
        begin();
        assertThat(stored(slots.store(), key)).isEqualTo("value");
        move(Moved.VALUE);
        assertThat(stored(slots.store(), key)).isEqualTo("value");
    }

    /** What {@link KeyByKey} is for: without this nobody would need it. */
    @Test
    void scriptOfSeveralKeys_isToldToTryAgain() {
        begin();
        assertThat(failure(slots.leases().acquire(key, holder(), LONG, true)))
                .isInstanceOf(RedisTryAgainException.class);
    }

    @Test
    void batchWithOneKeyInAMovingSlot_getsTheOthersLeasesAndStoresThem() {
        List<Claim> claims = Stream.of(key, "own:m:a", "own:m:b", "own:m:c")
                .map(each -> new Claim(each, holder()))
                .toList();
        begin();
        List<CompletableFuture<LeaseAttempt>> attempts = slots.leases().acquireAll(claims, LONG, true);
        assertThat(failure(attempts.get(0))).isInstanceOf(RedisTryAgainException.class);
        attempts.stream()
                .skip(1)
                .forEach(attempt -> assertThat(answer(attempt)).isInstanceOf(LeaseAttempt.Taken.class));
        List<CompletableFuture<FillOutcome>> fills = slots.store()
                .fillAll(claims.stream()
                        .map(claim -> new Fill(claim.key(), claim.holder(), bytes("value"), LONG))
                        .toList());
        assertThat(fails(fills.get(0))).isTrue();
        fills.stream().skip(1).forEach(fill -> assertThat(answer(fill)).isEqualTo(FillOutcome.STORED));
        answer(slots.store().invalidate(claims.stream().map(Claim::key).toList()));
    }

    @Test
    void keysOfASlotThatHasMovedMeanwhile_areFoundWhereItIs() {
        begin();
        finish();
        List<Claim> claims = List.of(new Claim(key, holder()), new Claim("own:m:d", holder()));
        assertThat(slots.leases().acquireAll(claims, LONG, true))
                .allSatisfy(attempt -> assertThat(answer(attempt)).isInstanceOf(LeaseAttempt.Taken.class));
        answer(slots.leases().releaseAll(claims));
    }

    @Test
    void removalOfManyKeys_getsThroughWhileOneOfTheirSlotsMoves() {
        List<String> keys = List.of(key, "own:a", "own:b", "own:c", "own:d", "own:e");
        keys.forEach(each -> put(slots, each, "old"));
        begin();
        move(Moved.VALUE);
        answer(slots.store().invalidate(keys));
        assertThat(keys)
                .allSatisfy(each -> assertThat(stored(slots.store(), each)).isNull());
    }

    private void begin() {
        move = SlotMove.of(cluster, key);
    }

    private void move(Moved moved) {
        if (moved == Moved.VALUE || moved == Moved.BOTH) {
            move.migrate(List.of(slot.value()));
        }
        if (moved == Moved.LEASE || moved == Moved.BOTH) {
            move.migrate(List.of(slot.lease()));
        }
    }

    private void finish() {
        move.close();
        move = null;
    }
}
