package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link io.cacheaside.spi.CacheStore} does, together with the leases of the same slots. */
public abstract class CacheStoreContract extends SlotsContract {

    @Test
    void unknownKey_hasNoValue() {
        assertThat(stored(key("unknown"))).isNull();
    }

    @Test
    void fillByTheHolder_stores() {
        String key = key("k");
        assertThat(fill(key, take(key, LONG), "value")).isEqualTo(FillOutcome.STORED);
        assertThat(stored(key)).isEqualTo("value");
    }

    @Test
    void fillByTheHolder_freesTheLease() {
        String key = key("k");
        put(key, "value");
        assertThat(isFree(key)).isTrue();
    }

    @Test
    void fillWithoutLease_isRevoked() {
        String key = key("k");
        assertThat(fill(key, holder(), "value")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isNull();
    }

    @Test
    void fillUnderSomebodyElsesLease_isRevokedAndLeavesTheLease() {
        String key = key("k");
        long other = take(key, LONG);
        assertThat(fill(key, holder(), "value")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isNull();
        assertThat(fill(key, other, "theirs")).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void fillAfterInvalidate_isRevoked() {
        String key = key("k");
        long holder = take(key, LONG);
        invalidate(key);
        assertThat(fill(key, holder, "old")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isNull();
    }

    @Test
    void fillAfterInvalidate_isRevokedUnderANewLeaseOfSomebodyElse() {
        String key = key("k");
        long late = take(key, LONG);
        invalidate(key);
        long next = take(key, LONG);
        assertThat(fill(key, late, "old")).isEqualTo(FillOutcome.REVOKED);
        assertThat(fill(key, next, "new")).isEqualTo(FillOutcome.STORED);
        assertThat(stored(key)).isEqualTo("new");
    }

    @Test
    void fillsThatAreSentTogether_areAnsweredOneByOne() {
        List<String> keys = IntStream.range(0, 5).mapToObj(i -> key("k" + i)).toList();
        List<Fill> fills = keys.stream()
                .map(key -> new Fill(key, take(key, LONG), bytes(key), LONG))
                .toList();
        invalidate(keys.get(1));
        answer(store().mark(List.of(keys.get(3)), 1, LONG));
        assertThat(answers(store().fillAll(fills)))
                .containsExactly(
                        FillOutcome.STORED,
                        FillOutcome.REVOKED,
                        FillOutcome.STORED,
                        FillOutcome.MARKED,
                        FillOutcome.STORED);
        assertThat(keys.stream().map(this::stored)).containsExactly(keys.get(0), null, keys.get(2), null, keys.get(4));
        assertThat(isFree(keys.get(4))).isTrue();
        assertThat(answers(store().fillAll(fills))).as("repeated").doesNotContain(FillOutcome.STORED);
        assertThat(store().fillAll(List.of())).isEmpty();
    }

    @Test
    void fillsThatAreSentTogether_haveLifetimesOfTheirOwn() {
        List<Fill> fills = List.of(
                new Fill(key("a"), take(key("a"), LONG), bytes("short"), SHORT),
                new Fill(key("b"), take(key("b"), LONG), bytes("long"), LONG));
        answers(store().fillAll(fills));
        slots().elapse(SHORT);
        await("the end of the first", () -> stored(key("a")) == null);
        assertThat(stored(key("b"))).isEqualTo("long");
    }

    @Test
    void manyLargeFills_areStored() {
        List<Fill> fills = IntStream.range(0, 300)
                .mapToObj(i -> key("k" + i))
                .map(key -> new Fill(key, take(key, LONG), new byte[20_000], LONG))
                .toList();
        assertThat(answers(store().fillAll(fills))).hasSize(300).containsOnly(FillOutcome.STORED);
        assertThat(answers(store().getAll(fills.stream().map(Fill::key).toList(), null)))
                .allSatisfy(frame -> assertThat(frame).hasSize(20_000));
    }

    @Test
    void fillAfterTheLeaseExpired_isRevoked() {
        String key = key("k");
        long late = take(key, SHORT);
        slots().elapse(SHORT);
        await("the lease expires", () -> isFree(key));
        assertThat(fill(key, late, "old")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isNull();
    }

    @Test
    void fillAfterRelease_isRevoked() {
        String key = key("k");
        long holder = take(key, LONG);
        answer(leases().release(key, holder));
        assertThat(fill(key, holder, "old")).isEqualTo(FillOutcome.REVOKED);
    }

    @Test
    void repeatedFill_isRevokedAndHarmless() {
        String key = key("k");
        long holder = take(key, LONG);
        fill(key, holder, "value");
        assertThat(fill(key, holder, "value")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isEqualTo("value");
    }

    @Test
    void fillOverAValue_replacesIt() {
        String key = key("k");
        put(key, "first");
        put(key, "second");
        assertThat(stored(key)).isEqualTo("second");
    }

    @Test
    void value_isGoneAfterItsLifetime() {
        String key = key("k");
        answer(store().fill(key, take(key, LONG), bytes("value"), SHORT));
        slots().elapse(SHORT);
        await("the value expires", () -> stored(key) == null);
    }

    @Test
    void lifetimeUnderAMillisecond_isAccepted() {
        String key = key("k");
        Duration shortest = Duration.ofNanos(1);
        assertThat(answer(store().fill(key, take(key, LONG), bytes("value"), shortest)))
                .isEqualTo(FillOutcome.STORED);
        slots().elapse(Duration.ofMillis(1));
        await("the value expires", () -> stored(key) == null);
    }

    @Test
    void invalidate_removesTheValue() {
        String key = key("k");
        put(key, "value");
        invalidate(key);
        assertThat(stored(key)).isNull();
    }

    @Test
    void repeatedInvalidate_isHarmless() {
        String key = key("k");
        put(key, "value");
        invalidate(key);
        invalidate(key);
        assertThat(stored(key)).isNull();
    }

    @Test
    void invalidateOfManyKeys_removesAllAndNothingElse() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            keys.add(key("many:" + i));
        }
        keys.forEach(key -> put(key, "value"));
        put(key("other"), "kept");
        answer(store().invalidate(keys));
        assertThat(keys).allSatisfy(key -> assertThat(stored(key)).isNull());
        assertThat(stored(key("other"))).isEqualTo("kept");
    }

    @Test
    void invalidateOfOneKeyTwiceInOneCall_isHarmless() {
        String key = key("k");
        put(key, "value");
        invalidate(key, key("other"), key);
        assertThat(stored(key)).isNull();
    }

    @Test
    void invalidateOfNothing_isAcknowledged() {
        answer(store().invalidate(List.of()));
    }

    @Test
    void remove_hasToldOfEachKeyWhenItIsAcknowledged() {
        List<String> told = new CopyOnWriteArrayList<>();
        List<Removal> removals = IntStream.range(0, 600)
                .mapToObj(i -> Removal.of(key("told:" + i)))
                .toList();
        answer(store().remove(removals, group -> group.forEach(removal -> told.add(removal.key()))));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        removals.stream().map(Removal::key).toList());
    }

    @Test
    void unusualKeys_areSlotsOfTheirOwn() {
        List<String> names = List.of(
                "two words",
                "line\nbreak",
                "tab\t",
                "größe:naïve:日本語:🙂",
                "x".repeat(420),
                "\"quoted\" 'too'",
                "a:",
                "a");
        names.forEach(name -> put(key(name), "value of " + name));
        assertThat(names).allSatisfy(name -> assertThat(stored(key(name))).isEqualTo("value of " + name));
        answer(store().invalidate(names.stream().map(this::key).toList()));
        assertThat(names).allSatisfy(name -> assertThat(stored(key(name))).isNull());
    }

    @Test
    void largeAndBinaryFrames_comeBackByteForByte() {
        byte[] large = new byte[1 << 20];
        new Random(42).nextBytes(large);
        String key = key("large");
        answer(store().fill(key, take(key, LONG), large, LONG));
        assertThat(answer(store().get(key))).isEqualTo(large);
    }

    @Test
    void emptyFrame_isAValue() {
        String key = key("empty");
        answer(store().fill(key, take(key, LONG), new byte[0], LONG));
        assertThat(answer(store().get(key))).isEmpty();
    }

    @Test
    void returnedArrays_areNotShared() {
        String key = key("k");
        put(key, "value");
        byte[] first = answer(store().get(key));
        assertThat(first).isNotNull();
        Arrays.fill(first, (byte) 0);
        assertThat(stored(key)).isEqualTo("value");
    }

    @Test
    void manyReadsAtOnce_eachGetTheirOwnKeysValue() {
        int count = 300;
        for (int i = 0; i < count; i += 2) {
            put(key("read:" + i), "value " + i);
        }
        List<CompletableFuture<byte[]>> reads = new ArrayList<>();
        for (int i = 0; i < 2 * count; i++) {
            reads.add(store().get(key("read:" + i % count)));
        }
        for (int i = 0; i < reads.size(); i++) {
            byte[] expected = i % 2 == 0 ? bytes("value " + i % count) : null;
            assertThat(answer(reads.get(i))).as("read %d", i).isEqualTo(expected);
        }
    }
}
