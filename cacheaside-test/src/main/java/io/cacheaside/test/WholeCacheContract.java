package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases.Registration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the removal of all keys with one prefix does, in every {@link io.cacheaside.spi.CacheStore}. */
public abstract class WholeCacheContract extends SlotsContract {

    /** A burst of more is answered so late on a busy machine that the client takes its connections for dead. */
    private static final int TOGETHER = 100;

    private void removeAll(String prefix) {
        answer(store().removeAll(prefix));
    }

    @Test
    void removeAll_removesEveryValueOfThePrefixAndNothingElse() {
        List<String> keys =
                IntStream.range(0, 1_500).mapToObj(i -> key("user:" + i)).toList();
        for (int i = 0; i < keys.size(); i += TOGETHER) {
            putAll(keys.subList(i, i + TOGETHER));
        }
        put(key("users"), "kept");
        put(key("other:user:1"), "kept");
        removeAll(key("user:"));
        assertThat(keys).allSatisfy(key -> assertThat(stored(key)).isNull());
        assertThat(stored(key("users"))).isEqualTo("kept");
        assertThat(stored(key("other:user:1"))).isEqualTo("kept");
    }

    private void putAll(List<String> keys) {
        List<CompletableFuture<FillOutcome>> fills = keys.stream()
                .map(key -> {
                    long holder = holder();
                    return leases().acquire(key, holder, LONG, false)
                            .thenCompose(taken -> store().fill(key, holder, bytes("value"), LONG));
                })
                .toList();
        fills.forEach(fill -> assertThat(answer(fill)).isEqualTo(FillOutcome.STORED));
    }

    @Test
    void removeAll_voidsTheFillsOfLoadsUnderWay() {
        String key = key("user:1");
        String other = key("other:1");
        long holder = take(key, LONG);
        long kept = take(other, LONG);
        removeAll(key("user:"));
        assertThat(fill(key, holder, "old")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key)).isNull();
        assertThat(fill(other, kept, "value")).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void removeAll_removesAValueUnderALease() {
        String key = key("user:1");
        put(key, "value");
        long holder = take(key, LONG);
        removeAll(key("user:"));
        assertThat(stored(key)).isNull();
        assertThat(fill(key, holder, "old")).isEqualTo(FillOutcome.REVOKED);
    }

    @Test
    void removeAll_takesThePrefixLiterally() {
        List<String> prefixes = List.of("a*", "a?", "[ab]", "a\\", "a^", "größe 🙂");
        List<String> neighbours = List.of("ab:1", "aa:1", "a:1", "b:1", "a\\\\:1", "grösse 🙂:1");
        neighbours.forEach(name -> put(key(name), "kept"));
        for (String prefix : prefixes) {
            put(key(prefix + ":1"), "value");
            long holder = take(key(prefix + ":2"), LONG);
            removeAll(key(prefix + ":"));
            assertThat(stored(key(prefix + ":1"))).as(prefix).isNull();
            assertThat(fill(key(prefix + ":2"), holder, "old")).as(prefix).isEqualTo(FillOutcome.REVOKED);
        }
        assertThat(neighbours).allSatisfy(name -> assertThat(stored(key(name))).isEqualTo("kept"));
    }

    @Test
    void removeAll_wakesWhoWaitsForALease() throws InterruptedException {
        String key = key("user:1");
        take(key, LONG);
        CountDownLatch woken = new CountDownLatch(1);
        try (Registration waiter = leases().onWakeUp(key, woken::countDown)) {
            assertThat(acquire(key, holder(), LONG)).isInstanceOf(LeaseAttempt.Busy.class);
            removeAll(key("user:"));
            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void removeAll_leavesMarks() {
        String key = key("user:1");
        answer(store().mark(List.of(key), 1, LONG));
        removeAll(key("user:"));
        assertThat(acquire(key, holder(), LONG)).isInstanceOf(LeaseAttempt.Marked.class);
    }

    @Test
    void removeAllWhereNothingIs_isAcknowledged() {
        removeAll(key("nothing:"));
        removeAll(key("nothing:"));
    }

    @Test
    void removeAll_letsLaterLoadsStore() {
        put(key("user:1"), "old");
        removeAll(key("user:"));
        put(key("user:1"), "new");
        assertThat(stored(key("user:1"))).isEqualTo("new");
    }
}
