package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the marks of every {@link io.cacheaside.spi.CacheStore} do to its values and to the leases of the same slots. */
public abstract class MarksContract extends SlotsContract {

    @Test
    void mark_removesTheValue() {
        String key = key("k");
        put(key, "value");
        mark(key, 1, LONG);
        assertThat(stored(key)).isNull();
    }

    @Test
    void mark_revokesTheLease() {
        String key = key("k");
        long holder = take(key, LONG);
        mark(key, 1, LONG);
        assertThat(answer(leases().renew(key, holder, LONG))).isFalse();
        assertThat(fill(key, holder, "old")).isEqualTo(FillOutcome.MARKED);
        drop(key, 1);
        assertThat(fill(key, holder, "old")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isNull();
    }

    @Test
    void markedKey_givesNoLeaseAndTakesNoFill() {
        String key = key("k");
        long holder = holder();
        mark(key, 1, LONG);
        assertMarked(key);
        assertThat(answer(leases().acquire(key, holder, LONG, false))).isInstanceOf(LeaseAttempt.Marked.class);
        assertThat(fill(key, holder, "value")).isEqualTo(FillOutcome.MARKED);
        assertThat(stored(key)).isNull();
    }

    @Test
    void dropOfTheMark_letsLoadsStoreAgain() {
        String key = key("k");
        mark(key, 1, LONG);
        drop(key, 1);
        put(key, "value");
        assertThat(stored(key)).isEqualTo("value");
    }

    @Test
    void invalidateWithoutTheMarksToken_leavesIt() {
        String key = key("k");
        mark(key, 1, LONG);
        invalidate(key);
        drop(key, 2);
        assertMarked(key);
    }

    @Test
    void marksOfTwoWrites_standUntilBothAreDropped() {
        String key = key("k");
        mark(key, 1, LONG);
        mark(key, 2, LONG);
        drop(key, 1);
        assertMarked(key);
        drop(key, 2);
        assertThat(isFree(key)).isTrue();
    }

    @Test
    void repeatedDrop_leavesTheMarksOfOthers() {
        String key = key("k");
        mark(key, 1, LONG);
        drop(key, 1);
        mark(key, 2, LONG);
        drop(key, 1);
        assertMarked(key);
    }

    @Test
    void mark_endsByItself() {
        String key = key("k");
        mark(key, 1, SHORT);
        slots().elapse(SHORT);
        await("the mark ends", () -> isFree(key));
        put(key, "value");
        assertThat(stored(key)).isEqualTo("value");
    }

    @Test
    void repeatedMark_prolongsIt() {
        String key = key("k");
        mark(key, 1, SHORT);
        mark(key, 1, LONG);
        slots().elapse(SHORT);
        pass(SHORT);
        assertMarked(key);
    }

    @Test
    void shortMarkBesideALongOne_shortensNothing() {
        String key = key("k");
        mark(key, 1, LONG);
        mark(key, 2, SHORT);
        slots().elapse(SHORT);
        pass(SHORT);
        assertMarked(key);
        drop(key, 1);
        assertThat(isFree(key)).as("the short one is over").isTrue();
    }

    @Test
    void longMarkDroppedBesideAShortOne_theKeyIsMarkedNoLongerThanThat() {
        String key = key("k");
        mark(key, 1, SHORT);
        mark(key, 2, LONG);
        drop(key, 2);
        assertMarked(key);
        slots().elapse(SHORT);
        await("the short mark ends", () -> isFree(key));
    }

    @Test
    void lateMark_onlyRemoves() {
        String key = key("k");
        drop(key, 1);
        put(key, "new");
        mark(key, 1, SHORT);
        assertThat(stored(key)).isNull();
        slots().elapse(SHORT);
        await("the mark ends", () -> isFree(key));
    }

    @Test
    void settle_keepsLoadsFromStoringForAWhile() {
        String key = key("k");
        put(key, "value");
        remove(new Removal(key, Removal.NO_MARK, SHORT));
        assertThat(stored(key)).isNull();
        assertMarked(key);
        slots().elapse(SHORT);
        await("the key has settled", () -> isFree(key));
    }

    @Test
    void settleWithTheMark_outlastsIt() {
        String key = key("k");
        mark(key, 1, LONG);
        remove(new Removal(key, 1, SHORT));
        assertMarked(key);
        slots().elapse(SHORT);
        await("the key has settled", () -> isFree(key));
    }

    @Test
    void shorterSettleAfterALongerOne_shortensNothing() {
        String key = key("k");
        remove(new Removal(key, Removal.NO_MARK, LONG));
        remove(new Removal(key, Removal.NO_MARK, SHORT));
        slots().elapse(SHORT);
        pass(SHORT);
        assertMarked(key);
    }

    @Test
    void dropsAndPlainRemovalsInOneCall_eachDoTheirOwn() {
        mark(key("marked"), 1, LONG);
        mark(key("other"), 2, LONG);
        put(key("plain"), "value");
        remove(
                Removal.of(key("plain")),
                new Removal(key("marked"), 1, Duration.ZERO),
                Removal.of(key("other")),
                new Removal(key("settling"), Removal.NO_MARK, LONG));
        assertThat(stored(key("plain"))).isNull();
        assertThat(isFree(key("plain"))).isTrue();
        assertThat(isFree(key("marked"))).isTrue();
        assertMarked(key("other"));
        assertMarked(key("settling"));
    }

    @Test
    void manyKeysAtOnce_areMarkedAndDropped() {
        List<String> keys = IntStream.range(0, 600).mapToObj(i -> key("m" + i)).toList();
        answer(store().mark(keys, 1, LONG));
        keys.forEach(this::assertMarked);
        answer(store().remove(keys.stream()
                .map(key -> new Removal(key, 1, Duration.ZERO))
                .toList()));
        assertThat(keys).allSatisfy(key -> assertThat(isFree(key)).isTrue());
    }

    private void mark(String key, long token, Duration ttl) {
        answer(store().mark(List.of(key), token, ttl));
    }

    private void drop(String key, long token) {
        remove(new Removal(key, token, Duration.ZERO));
    }

    private void remove(Removal... removals) {
        answer(store().remove(List.of(removals)));
    }

    private void assertMarked(String key) {
        assertThat(acquire(key, holder(), LONG)).as("marked %s", key).isInstanceOf(LeaseAttempt.Marked.class);
    }

    /** Waits until {@code time} has passed on the wall, for adapters whose clock nobody steps. */
    private static void pass(Duration time) {
        long over = System.nanoTime() + time.toNanos();
        await("time passes", () -> System.nanoTime() > over);
    }
}
