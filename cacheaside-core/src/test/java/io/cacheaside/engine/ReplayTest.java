package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private final HandTimer timer = new HandTimer();
    private final Journal journal = new Journal(10, Ticker.system());
    private final AtomicLong nanos = new AtomicLong();
    private Runnable beforeTime = () -> {};
    private final Replay replay = new Replay(
            new AwayStore(),
            CacheListener.none(),
            timer,
            journal,
            new Recent(10, this::time),
            cache -> "test:" + cache + ":");
    private final AtomicInteger removalsOfAll = new AtomicInteger();
    private CompletableFuture<Void> wayBack = CompletableFuture.completedFuture(null);
    private boolean away = true;

    /** Memory, while it is not away. */
    private final class AwayStore extends ForwardingStore {

        @Override
        public CompletableFuture<Void> remove(Collection<Removal> removals) {
            return away ? CompletableFuture.failedFuture(new TimeoutException("away")) : super.remove(removals);
        }

        @Override
        public CompletableFuture<Void> removeAll(String prefix) {
            removalsOfAll.incrementAndGet();
            return away
                    ? CompletableFuture.failedFuture(new TimeoutException("away"))
                    : super.removeAll(prefix).thenCompose(removed -> wayBack);
        }
    }

    /** Asked for when something is noted. */
    private long time() {
        Runnable first = beforeTime;
        beforeTime = () -> {};
        first.run();
        return nanos.get();
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private static List<Removing> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Removing(Stale.plain("user", "test:user:" + i), Removal.NO_MARK))
                .toList();
    }

    private void lengthenThePause() {
        timer.elapse();
        timer.elapse();
        timer.elapse();
        assertThat(timer.lastPause()).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void storeThatAnswersAgain_isSentTheKeysAtOnce() {
        replay.keep(keys(3));
        lengthenThePause();
        away = false;
        replay.answersAgain();
        assertThat(timer.lastPause()).isZero();
        timer.elapse();
        assertThat(journal.isEmpty()).isTrue();
    }

    @Test
    void storeThatAnswersAgain_isToldToRemoveDistrustedCachesAtOnce() {
        replay.keep(keys(11));
        assertThat(journal.groups()).containsExactly(new KeyGroup.WholeCache("user"));
        lengthenThePause();
        away = false;
        replay.answersAgain();
        assertThat(timer.lastPause()).isZero();
        timer.elapse();
        assertThat(journal.isEmpty()).isTrue();
    }

    @Test
    void removalsInDoubt_areSentAgainAtOnce() {
        away = false;
        replay.send(replay.first(keys(3), new Replacements(CacheListener.none())))
                .join();
        assertThat(journal.isEmpty()).isTrue();
        replay.removalsInDoubt(key -> key.endsWith("1"));
        assertThat(journal.size()).isEqualTo(1);
        assertThat(timer.pauses()).hasSize(1);
        assertThat(timer.lastPause()).isZero();
        timer.elapse();
        assertThat(journal.isEmpty()).isTrue();
    }

    @Test
    void longRemovalOfAGroupThatComesIntoDoubtAtItsEnd_beginsAgain() {
        away = false;
        CompletableFuture<Void> end = new CompletableFuture<>();
        wayBack = end;
        CompletableFuture<Void> removal = replay.remove(new KeyGroup.WholeCache("user"));
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        replay.removalsInDoubt(key -> true);
        wayBack = new CompletableFuture<>();
        end.complete(null);
        assertThat(removal).as("it has begun again").isNotDone();
        wayBack.complete(null);
        assertThat(removal).isCompleted();
        assertThat(removalsOfAll).hasValue(2);
        assertThat(journal.isEmpty()).isTrue();
    }

    private CompletableFuture<Void> removeUsers(CompletableFuture<Void> end) {
        away = false;
        wayBack = end;
        CompletableFuture<Void> removal = replay.remove(new KeyGroup.WholeCache("user"));
        wayBack = CompletableFuture.completedFuture(null);
        return removal;
    }

    @Test
    void doubtThatHasLookedBeforeARemovalOfAGroupIsNoted_makesItBeginAgain() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> removal = removeUsers(end);
        beforeTime = () -> replay.removalsInDoubt(key -> true);
        end.complete(null);
        assertThat(removal).isCompleted();
        assertThat(removalsOfAll).hasValue(2);
    }

    @Test
    void removalOfAGroupThatIsNotedWhileADoubtGoesPast_beginsAgain() {
        away = false;
        replay.send(replay.first(keys(1), new Replacements(CacheListener.none())))
                .join();
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> removal = removeUsers(end);
        // asked after the look at the groups of that time
        replay.removalsInDoubt(key -> end.complete(null));
        assertThat(removal).isCompleted();
        assertThat(removalsOfAll).hasValue(2);
    }

    @Test
    void removalOfAGroupThatComesIntoDoubtEachTime_fails() {
        away = false;
        wayBack = new CompletableFuture<>();
        CompletableFuture<Void> removal = replay.remove(new KeyGroup.WholeCache("user"));
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> end = wayBack;
            wayBack = new CompletableFuture<>();
            replay.removalsInDoubt(key -> true);
            end.complete(null);
        }
        assertThat(removal)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("each of 3 removals of all keys of cache 'user'");
    }
}
