package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.entry.Frame;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.Leases.Registration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@link io.cacheaside.spi.CacheStore#replace} does in every store that can store by it. */
public abstract class ReplaceContract extends SlotsContract {

    private static final long CREATED = 1L << 50;

    @Test
    void replaceByTheHolder_storesOverTheOldValueAndFreesTheLease() {
        String key = key("k");
        put(key, "old");
        assertThat(replace(key, take(key, LONG), "new")).isTrue();
        assertThat(stored(key)).isEqualTo("new");
        assertThat(isFree(key)).isTrue();
    }

    @Test
    void replaceByTheHolder_storesWhereNothingIs() {
        String key = key("k");
        assertThat(replace(key, take(key, LONG), "new")).isTrue();
        assertThat(stored(key)).isEqualTo("new");
    }

    @Test
    void replaceWithoutLease_removes() {
        String key = key("k");
        put(key, "old");
        assertThat(replace(key, holder(), "new")).isFalse();
        assertThat(stored(key)).isNull();
    }

    @Test
    void replaceUnderSomebodyElsesLease_removesAndRevokesIt() {
        String key = key("k");
        put(key, "old");
        long other = take(key, LONG);
        assertThat(replace(key, holder(), "new")).isFalse();
        assertThat(stored(key)).isNull();
        assertThat(fill(key, other, "loaded before")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isNull();
    }

    @Test
    void replaceAfterInvalidate_removesWhatWasFilledSince() {
        String key = key("k");
        long holder = take(key, LONG);
        invalidate(key);
        put(key, "loaded");
        assertThat(replace(key, holder, "new")).isFalse();
        assertThat(stored(key)).isNull();
    }

    @Test
    void replaceAfterItsLeaseHasEnded_removes() {
        String key = key("k");
        long holder = take(key, SHORT);
        slots().elapse(SHORT);
        await("the lease ends", () -> isFree(key));
        assertThat(replace(key, holder, "new")).isFalse();
        assertThat(stored(key)).isNull();
    }

    @Test
    void repeatedReplace_removes() {
        String key = key("k");
        long holder = take(key, LONG);
        assertThat(replace(key, holder, "new")).isTrue();
        assertThat(replace(key, holder, "new")).isFalse();
        assertThat(stored(key)).isNull();
    }

    @Test
    void replaceThatMeetsAMark_removesAndFreesTheLease() {
        String key = key("k");
        answer(store().mark(List.of(key), 1, SHORT));
        assertThat(replace(key, holder(), "new")).isFalse();
        slots().elapse(SHORT);
        await("the mark ends", () -> isFree(key));
        assertThat(stored(key)).isNull();
    }

    @Test
    void versionsOfTheOldValue_areReplacedToo() {
        String key = key("k");
        byte[] old = Frame.value(1, CREATED, 0, bytes("old"));
        byte[] mine = Frame.value(2, CREATED, 0, bytes("new"));
        answer(store().fill(key, take(key, LONG), old, LONG));
        assertThat(answer(store().replace(key, take(key, LONG), mine, LONG))).isTrue();
        assertThat(answer(store().get(key))).as("not the old one behind it").isEqualTo(mine);
    }

    @Test
    void value_isGoneAfterItsLifetime() {
        String key = key("k");
        assertThat(answer(store().replace(key, take(key, LONG), bytes("new"), SHORT)))
                .isTrue();
        slots().elapse(SHORT);
        await("the value expires", () -> stored(key) == null);
    }

    @Test
    void replace_wakesWhoWaitsForTheLease() {
        String key = key("k");
        long holder = take(key, LONG);
        AtomicInteger woken = new AtomicInteger();
        try (Registration waiter = leases().onWakeUp(key, woken::incrementAndGet)) {
            await("wake-ups arrive", () -> leases().longestWait().compareTo(Duration.ofMillis(100)) > 0);
            acquire(key, holder(), LONG);
            woken.set(0);
            replace(key, holder, "new");
            await("the waiter is woken", () -> woken.get() > 0);
        }
    }

    private boolean replace(String key, long holder, String value) {
        return answer(store().replace(key, holder, bytes(value), LONG));
    }
}
