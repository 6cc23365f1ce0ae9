package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundRemovalsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InvalidationPolicy POLICY =
            InvalidationPolicy.PLAIN.inBackground().within(LONG);

    private final HandTimer timer = new HandTimer();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Journal journal = new Journal(100_000, Ticker.system());
    private final HeldStore store = new HeldStore();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> atOnce = new CopyOnWriteArrayList<>();
    private final List<Thread> writers = new ArrayList<>();
    private BackgroundRemovals background = background(new BackgroundPolicy(0, 10));

    /** Answers nothing by itself, unless it is open; the next ones may fail. */
    private static final class HeldStore extends ForwardingStore {

        private record Sent(
                List<String> keys,
                Collection<Removal> removals,
                Consumer<? super Collection<Removal>> acknowledged,
                CompletableFuture<Void> reply) {

            void acknowledge() {
                acknowledged.accept(removals);
                reply.complete(null);
            }

            void fail() {
                reply.completeExceptionally(new TimeoutException("away"));
            }
        }

        private final List<Sent> sent = new CopyOnWriteArrayList<>();
        private volatile boolean open;
        private final AtomicInteger failures = new AtomicInteger();

        Sent last() {
            return sent.get(sent.size() - 1);
        }

        @Override
        public CompletableFuture<Void> remove(
                Collection<Removal> removals, Consumer<? super Collection<Removal>> acknowledged) {
            Sent one = new Sent(
                    removals.stream().map(Removal::key).toList(), removals, acknowledged, new CompletableFuture<>());
            sent.add(one);
            if (failures.getAndDecrement() > 0) {
                one.fail();
            } else if (open) {
                one.acknowledge();
            }
            return one.reply();
        }

        @Override
        public CompletableFuture<Void> remove(Collection<Removal> removals) {
            return remove(removals, acknowledged -> {});
        }
    }

    private BackgroundRemovals background(BackgroundPolicy policy) {
        CacheListener listener = new CacheListener() {
            @Override
            public void invalidatedLater(String cache, int keys, Duration lag) {
                told.add(cache + " " + keys + " after " + lag.toMillis() + "ms");
            }

            @Override
            public void invalidationUnconfirmed(String cache, int keys) {
                told.add(cache + " " + keys + " unconfirmed");
            }
        };
        Replay replay = new Replay(
                store,
                listener,
                new HandTimer(),
                journal,
                new Recent(10, Ticker.system()),
                cache -> "test:" + cache + ":");
        return new BackgroundRemovals(replay, listener, timer, nanos::get, policy);
    }

    @AfterEach
    void close() throws InterruptedException {
        store.open = true;
        background.close(Duration.ZERO);
        timer.shutdownNow();
        for (Thread writer : writers) {
            writer.join(LONG.toMillis());
        }
    }

    private void add(String... keys) {
        add(POLICY, List.of(keys));
    }

    private void add(InvalidationPolicy policy, List<String> keys) {
        background.add("feed", keys, policy, rest -> rest.forEach(removing -> atOnce.add(removing.key())));
    }

    private Thread start(InvalidationPolicy policy, List<String> keys) {
        Thread writer = new Thread(() -> add(policy, keys));
        writers.add(writer);
        writer.start();
        return writer;
    }

    private static void awaitWaiting(Thread thread) {
        await(() -> thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("in time").isNegative();
            Thread.onSpinWait();
        }
    }

    private static List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private void step(int millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void keysThatWait_travelTogether_eachOnce() {
        add("1", "2", "1");
        add("2", "3");
        assertThat(background.size()).isEqualTo(3);
        timer.elapse();
        assertThat(store.last().keys()).containsExactly("1", "2", "3");
        assertThat(background.size()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks passes
    void nullKey_isRefusedBeforeItTakesOthersAlong() {
        List<String> withNull = Arrays.asList("2", null);
        add("1");
        assertThatThrownBy(() -> add(POLICY, withNull))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("a key of the cache 'feed' is null");
        timer.elapse();
        assertThat(store.last().keys()).containsExactly("1");
    }

    @Test
    void oneBatchIsUnderWay_andTheNextFollowsItsAnswer() {
        add("1");
        timer.elapse();
        add("2");
        timer.elapse();
        assertThat(store.sent).hasSize(1);
        store.last().acknowledge();
        timer.elapse();
        assertThat(store.last().keys()).containsExactly("2");
    }

    @Test
    void laterWriteOfAKeyUnderWay_isSentAgain() {
        add("1");
        timer.elapse();
        add("1");
        store.last().acknowledge();
        timer.elapse();
        assertThat(store.sent).hasSize(2);
        assertThat(store.last().keys()).containsExactly("1");
    }

    @Test
    void keyThatIsRemovedAtOnce_isNotSentLater() {
        add("1", "2");
        background.takeOut(List.of(Removing.unmarked(Stale.plain("feed", "1"))));
        timer.elapse();
        assertThat(store.last().keys()).containsExactly("2");
    }

    @Test
    void allTakenOut_sendsNothing() {
        add("1");
        background.takeOut(List.of(Removing.unmarked(Stale.plain("feed", "1"))));
        timer.elapse();
        assertThat(store.sent).isEmpty();
        add("2");
        timer.elapse();
        assertThat(store.sent).hasSize(1);
    }

    @Test
    void unacknowledgedKeys_areInTheJournal() {
        add("1", "2");
        timer.elapse();
        HeldStore.Sent sent = store.last();
        sent.acknowledged().accept(List.of(Removal.of("1")));
        sent.fail();
        assertThat(journal.holds("feed", "1")).isFalse();
        assertThat(journal.holds("feed", "2")).isTrue();
        assertThat(told).containsExactly("feed 1 after 0ms", "feed 1 unconfirmed");
        add("3");
        timer.elapse();
        assertThat(store.last().keys()).as("the queue goes on").containsExactly("3");
    }

    @Test
    void fullQueue_letsTheWriterWaitForRoom() throws Exception {
        Thread writer = start(POLICY, keys(0, 25));
        awaitWaiting(writer);
        assertThat(background.size()).isEqualTo(10);
        timer.elapse();
        await(() -> background.size() == 10);
        awaitWaiting(writer);
        store.last().acknowledge();
        timer.elapse();
        writer.join(LONG.toMillis());
        assertThat(background.size()).isEqualTo(5);
        store.last().acknowledge();
        timer.elapse();
        assertThat(store.sent).flatExtracting(HeldStore.Sent::keys).containsExactlyElementsOf(keys(0, 25));
        assertThat(atOnce).isEmpty();
    }

    @Test
    void fullQueue_takesAKeyThatIsInIt() {
        add(POLICY, keys(0, 10));
        add(POLICY, keys(0, 10));
        assertThat(background.size()).isEqualTo(10);
        assertThat(atOnce).isEmpty();
    }

    @Test
    void noRoomInTime_theWriterRemovesTheRestItself() {
        add(POLICY.within(Duration.ofMillis(1)), keys(0, 13));
        assertThat(atOnce).containsExactly("10", "11", "12");
        assertThat(background.size()).isEqualTo(10);
    }

    @Test
    void interruptedWriter_removesTheRestItself_andStaysInterrupted() throws Exception {
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        Thread writer = new Thread(() -> {
            add(POLICY, keys(0, 13));
            interrupted.add(Thread.currentThread().isInterrupted());
        });
        writers.add(writer);
        writer.start();
        awaitWaiting(writer);
        writer.interrupt();
        writer.join(LONG.toMillis());
        assertThat(atOnce).containsExactly("10", "11", "12");
        assertThat(interrupted).containsExactly(true);
    }

    @Test
    void rate_pausesBetweenBatches() {
        background = background(new BackgroundPolicy(5_000, 10_000));
        store.open = true;
        add(POLICY, keys(0, 1_200));
        assertThat(timer.lastPause()).isZero();
        timer.elapse();
        assertThat(store.last().keys()).hasSize(500);
        assertThat(timer.lastPause()).isEqualTo(Duration.ofMillis(100));
        step(60);
        background.takeOut(List.of());
        step(40);
        timer.elapse();
        timer.elapse();
        assertThat(store.sent).extracting(sent -> sent.keys().size()).containsExactly(500, 500, 200);
        step(30);
        add("later");
        assertThat(timer.lastPause()).as("200 keys take 40 ms").isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void withoutRate_batchFollowsBatch() {
        background = background(new BackgroundPolicy(0, 10_000));
        store.open = true;
        add(POLICY, keys(0, 2_500));
        timer.elapse();
        timer.elapse();
        timer.elapse();
        assertThat(store.sent).extracting(sent -> sent.keys().size()).containsExactly(1_000, 1_000, 500);
        assertThat(timer.pauses()).containsOnly(Duration.ZERO);
    }

    @Test
    void lag_countsFromTheArrivalToTheAnswer() {
        assertThat(background.age()).isZero();
        add("1");
        step(5);
        add("2");
        assertThat(background.age()).hasMillis(5);
        timer.elapse();
        step(7);
        add("3");
        assertThat(background.age()).as("of what is under way").hasMillis(12);
        store.last().acknowledge();
        assertThat(background.age()).isZero();
        assertThat(told).containsExactly("feed 2 after 12ms");
    }

    @Test
    void closing_sendsWhatWaits_withoutRegardToTheRate() {
        background = background(new BackgroundPolicy(10, 10_000));
        store.open = true;
        add(POLICY, keys(0, 2_500));
        background.close(LONG);
        assertThat(store.sent).flatExtracting(HeldStore.Sent::keys).containsExactlyElementsOf(keys(0, 2_500));
        assertThat(background.size()).isZero();
    }

    @Test
    void closing_waitsForWhatIsUnderWay() {
        add("1");
        timer.elapse();
        Thread closing = new Thread(() -> background.close(LONG));
        writers.add(closing);
        closing.start();
        awaitWaiting(closing);
        store.open = true;
        add("2");
        assertThat(atOnce).as("nothing is queued any more").containsExactly("2");
        store.last().acknowledge();
        await(() -> !closing.isAlive());
        assertThat(store.sent).hasSize(1);
    }

    @Test
    void closing_sendsAgainWhatIsUnderWayForTooLong() {
        add("1", "2");
        timer.elapse();
        store.last().acknowledged().accept(List.of(Removal.of("1")));
        store.open = true;
        background.close(Duration.ofMillis(10));
        assertThat(store.last().keys()).containsExactly("2");
        assertThat(store.sent).hasSize(2);
    }

    @Test
    void closing_letsWhoWaitsForRoomRemoveTheRestItself() throws Exception {
        Thread writer = start(POLICY, keys(0, 12));
        awaitWaiting(writer);
        store.open = true;
        background.close(LONG);
        writer.join(LONG.toMillis());
        assertThat(atOnce).containsExactly("10", "11");
        assertThat(store.last().keys()).isEqualTo(keys(0, 10));
    }

    @Test
    void closingWhileTheStoreIsAway_triesAgain() {
        add(POLICY, keys(0, 3));
        store.open = true;
        store.failures.set(2);
        background.close(LONG);
        assertThat(store.sent).extracting(HeldStore.Sent::keys).hasSize(3).containsOnly(keys(0, 3));
        assertThat(background.size()).isZero();
    }

    @Test
    void closingWhileTheStoreStaysAway_ends() {
        add(POLICY, keys(0, 3));
        store.failures.set(Integer.MAX_VALUE);
        background.close(Duration.ofMillis(1));
        assertThat(background.size()).as("left, and told").isEqualTo(3);
    }
}
