package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The races of what is retried: a store that is away and comes back with invalidations pending, one master of several that is
 * away, and more invalidations than are kept.
 */
public abstract class JournalInterleavingsContract extends Races {

    /** More than a client keeps. */
    private static final int TOO_MANY = 50_001;

    @Test
    void storeThatComesBack_answersNobodyWithTheOldValueBeforeTheReplay() throws Throwable {
        storeV1();
        a().gates().cutOff(key -> true);
        source().commit();
        a().invalidate(key());
        assertThat(a().read(key(), source().loader())).as("while it is away").isEqualTo("v2");
        Gate replay = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        a().gates().reconnect(true);
        replay.awaitArrival();
        assertThat(b().read(key(), source().loader()))
                .as("another JVM, until its TTL at most")
                .isEqualTo("v1");
        for (int i = 0; i < 5; i++) {
            assertThat(a().read(key(), source().loader()))
                    .as("before the replay")
                    .isEqualTo("v2");
        }
        assertThat(a().hits()).isZero();
        replay.open();
        awaitAcknowledged(a(), 1);
        assertFresh("v2");
        awaitAnswered(a(), Operation.FILL, 2);
        a().read(key(), source().loader());
        assertThat(a().hits()).as("the cache serves the key again").isPositive();
    }

    /** A has stored v1. */
    private void storeV1() throws Throwable {
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
    }

    private static void awaitAcknowledged(TestJvm jvm, int keys) {
        await("the acknowledgement of " + keys + " keys", () -> jvm.invalidated() >= keys);
    }

    @Test
    void storeThatComesBack_isNotWaitedForAfterALongPause() {
        a().gates().cutOff(key -> true);
        a().invalidate(key());
        awaitAnswered(a(), Operation.INVALIDATE, 3);
        int before = a().gates().answered(Operation.INVALIDATE);
        a().gates().reconnect(true);
        awaitAcknowledged(a(), 1);
        assertThat(a().gates().answered(Operation.INVALIDATE)).isLessThanOrEqualTo(before + 2);
    }

    @Test
    void storeThatComesBackAndTellsNobody_isFoundOutAllTheSame() throws Throwable {
        storeV1();
        a().gates().cutOff(key -> true);
        source().commit();
        a().invalidate(key());
        a().gates().reconnect(false);
        awaitAcknowledged(a(), 1);
        assertFresh("v2");
    }

    @Test
    void flightThatBeganBefore_servesNobodyWhoComesBetweenReturnAndReplay() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> early = a().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        a().gates().cutOff(key -> true);
        source().commit();
        a().invalidate(key());
        Gate replay = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        a().gates().reconnect(true);
        replay.awaitArrival();
        Gate bypassing = new Gate("new row read past the store");
        Call<@Nullable String> late = a().start(key(), source().heldAt(bypassing));
        bypassing.awaitArrival();
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        oldRow.open();
        assertThat(early.result()).as("it overlapped the write").isEqualTo("v1");
        assertThat(joiner.isDone()).isFalse();
        bypassing.open();
        assertThat(late.result()).isEqualTo("v2");
        assertThat(joiner.result()).isEqualTo("v2");
        assertThat(a().gates().answered(Operation.FILL))
                .as("nothing is stored meanwhile")
                .isZero();
        replay.open();
        awaitAcknowledged(a(), 1);
        assertFresh("v2");
    }

    @Test
    void secondWriteDuringTheReplay_staysBypassedUntilItsOwn() throws Throwable {
        storeV1();
        a().gates().loseRequest(Operation.INVALIDATE);
        Gate first = a().gates().holdReply(Operation.INVALIDATE);
        source().commit();
        a().invalidate(key());
        first.awaitArrival();
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        a().gates().loseRequest(Operation.INVALIDATE);
        Gate second = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        source().commit();
        a().invalidate(key());
        first.open();
        second.awaitArrival();
        assertThat(a().read(key(), source().loader()))
                .as("its own is not acknowledged")
                .isEqualTo("v3");
        second.open();
        awaitAnswered(a(), Operation.INVALIDATE, 4);
        assertFresh("v3");
    }

    @Test
    void masterThatIsAway_holdsNobodyElsesKeysBack() throws Throwable {
        String other = TestJvm.key("of the master that answers:" + key());
        storeV1();
        assertThat(a().read(other, source().loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 2);
        a().gates().cutOff(key()::equals);
        source().commit();
        a().invalidate(List.of(key(), other));
        assertThat(a().invalidated()).isEqualTo(1);
        a().read(other, source().loader());
        awaitAnswered(a(), Operation.FILL, 3);
        int hits = a().hits();
        assertThat(a().read(other, source().loader())).isEqualTo("v2");
        assertThat(a().hits()).as("it is served by the cache").isEqualTo(hits + 1);
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        a().gates().reconnect(true);
        awaitAcknowledged(a(), 2);
        assertFresh("v2");
    }

    @Test
    void keysThatAreNeverAcknowledged_starveNobody() {
        a().gates().cutOff(key -> true);
        List<String> poison = keys("poison", 2_500);
        a().invalidate(poison);
        a().invalidate(key());
        a().gates().cutOff(key -> key.contains("poison"));
        awaitAcknowledged(a(), 1);
        a().gates().reconnect(true);
        awaitAcknowledged(a(), poison.size() + 1);
    }

    private List<String> keys(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> key() + ":" + name + ":" + i)
                .toList();
    }

    @Test
    void moreKeysThanAreKept_distrustTheCacheUntilItWasRemovedAsAWhole() throws Throwable {
        storeV1();
        Gate oldRow = new Gate("old row read by the other JVM");
        String loading = TestJvm.key("loading:" + key());
        Call<@Nullable String> other = b().start(loading, source().heldAt(oldRow));
        oldRow.awaitArrival();
        source().commit();
        Gate removal = a().gates().holdAllBeforeSend(Operation.REMOVE_ALL);
        forgetTooMany();
        assertThat(a().isDistrusting()).isTrue();
        removal.awaitArrival();
        assertThat(a().read(key(), source().loader())).as("bypassed").isEqualTo("v2");
        assertThat(a().read(loading, source().loader())).as("bypassed").isEqualTo("v2");
        assertThat(a().hits()).isZero();
        removal.open();
        await("the whole cache is trusted again", () -> !a().isDistrusting());
        oldRow.open();
        assertThat(other.result()).as("it overlapped the write").isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertThat(a().read(loading, source().loader())).isEqualTo("v2");
        assertFresh("v2");
    }

    /** A write of A's, of too many keys, our own among them, that is lost as a whole. */
    private void forgetTooMany() {
        a().gates().loseRequest(Operation.INVALIDATE);
        List<String> all = new ArrayList<>(keys("written", TOO_MANY - 1));
        all.add(key());
        a().invalidate(all);
    }

    @Test
    void writeDuringTheRemovalOfTheWholeCache_needsAnother() throws Throwable {
        storeV1();
        source().commit();
        Gate executed = a().gates().holdReply(Operation.REMOVE_ALL);
        forgetTooMany();
        executed.awaitArrival();
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        Gate second = a().gates().holdAllBeforeSend(Operation.REMOVE_ALL);
        source().commit();
        a().gates().loseRequest(Operation.INVALIDATE);
        a().invalidate(key());
        executed.open();
        second.awaitArrival();
        assertThat(a().isDistrusting()).isTrue();
        assertThat(a().read(key(), source().loader())).isEqualTo("v3");
        second.open();
        await("the whole cache is trusted again", () -> !a().isDistrusting());
        assertFresh("v3");
    }
}
