package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The races with a master that takes over and has not got all that was acknowledged: 18. It loses an invalidation, loses a
 * lease, or still has a lease that was revoked. From the moment at which the writing JVM knows of the new master it serves
 * nothing that the lost command had removed, and soon nobody does.
 */
public abstract class FailoverInterleavingsContract extends Races {

    /** A stores v1 and writes v2, which is acknowledged. The answer is what the new master has instead. */
    private byte[] acknowledgedWrite(InvalidationPolicy policy) throws Throwable {
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        byte[] old = Objects.requireNonNull(stored());
        a().write(key(), policy, () -> {
            source().commit();
            return null;
        });
        assertThat(a().invalidated()).isEqualTo(1);
        return old;
    }

    private byte[] acknowledgedWrite() throws Throwable {
        return acknowledgedWrite(InvalidationPolicy.PLAIN);
    }

    private void awaitReplay() {
        await("the replay's acknowledgement", () -> a().invalidated() >= 2);
    }

    @Test
    void race18_lostInvalidation_isRepeatedBeforeItsKeyIsServed() throws Throwable {
        byte[] old = acknowledgedWrite();
        Gate replay = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        a().gates().revive(key(), old);
        a().gates().failOver(key -> true);
        replay.awaitArrival();
        assertThat(b().read(key(), source().loader()))
                .as("another JVM, until the replay")
                .isEqualTo("v1");
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        assertThat(a().hits()).isZero();
        replay.open();
        awaitReplay();
        assertFresh("v2");
    }

    @Test
    void race18_readThatHadLookedAtTheJournalBefore_doesNotServeWhatTheNewMasterHas() throws Throwable {
        heldAcrossTheChange(() -> a().start(key(), source().loader()), "v2");
    }

    @Test
    void race18_batchThatHadLookedAtTheJournalBefore_doesNotServeWhatTheNewMasterHas() throws Throwable {
        heldAcrossTheChange(() -> startBatch(a()), List.of("v2"));
    }

    private void heldAcrossTheChange(Supplier<Call<?>> start, Object found) throws Throwable {
        byte[] old = acknowledgedWrite();
        a().gates().revive(key(), old);
        Gate read = a().gates().holdReply(Operation.GET);
        Call<?> reader = start.get();
        read.awaitArrival();
        a().gates().failOver(key -> true);
        read.open();
        assertThat(reader.result()).isEqualTo(found);
        awaitReplay();
        assertFresh("v2");
    }

    @Test
    void race18_readOfBeforeWhoseReplyComesAfterTheReplay_doesNotServeItEither() throws Throwable {
        byte[] old = acknowledgedWrite();
        a().gates().revive(key(), old);
        Gate read = a().gates().holdReply(Operation.GET);
        Call<@Nullable String> reader = a().start(key(), source().loader());
        read.awaitArrival();
        a().gates().failOver(key -> true);
        awaitReplay();
        read.open();
        assertThat(reader.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    @Test
    void race18_valueThatAcquireFoundThere_servesNeitherLeaderNorJoiner() throws Throwable {
        foundByAcquire(() -> a().start(key(), source().loader()), "v2");
    }

    @Test
    void race18_valueThatTheAcquireOfABatchFoundThere_servesNeitherItNorAJoiner() throws Throwable {
        foundByAcquire(() -> startBatch(a()), List.of("v2"));
    }

    private void foundByAcquire(Supplier<Call<?>> start, Object found) throws Throwable {
        byte[] old = acknowledgedWrite();
        Gate asking = a().gates().holdBeforeSend(Operation.ACQUIRE);
        Call<?> leader = start.get();
        asking.awaitArrival();
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        a().gates().revive(key(), old);
        Gate replay = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        a().gates().failOver(key -> true);
        replay.awaitArrival();
        asking.open();
        assertThat(leader.result()).isEqualTo(found);
        assertThat(joiner.result()).isEqualTo("v2");
        replay.open();
        awaitReplay();
        assertFresh("v2");
    }

    private Call<List<@Nullable String>> startBatch(TestJvm jvm) {
        return jvm.startAll(List.of(key()), positions ->
                new @Nullable Object[] {source().loader().load()});
    }

    @Test
    void race18_lostLease_letsAnotherLoadAndVoidsTheFill() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> first = a().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        answer(connect().store().invalidate(List.of(key())));
        a().gates().failOver(key -> true);
        write(b());
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        oldRow.open();
        assertThat(first.result()).as("it overlapped the write").isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void race18_revivedLease_letsAnOldValueInThatTheReplayRemoves() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> loading = b().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        write(a());
        Gate replay = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        b().gates().reviveLease(key());
        a().gates().failOver(key -> true);
        oldRow.open();
        assertThat(loading.result()).as("it overlapped the write").isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertThat(a().read(key(), source().loader())).as("the JVM that wrote").isEqualTo("v2");
        replay.open();
        awaitReplay();
        assertFresh("v2");
    }

    @Test
    void race18_revivedLease_isRevokedByTheReplay() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> loading = b().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        write(a());
        b().gates().reviveLease(key());
        a().gates().failOver(key -> true);
        awaitReplay();
        oldRow.open();
        assertThat(loading.result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void race18_fillUnderARevivedLease_servesNoJoinerWhoCameAfterTheWrite() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> leader = a().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        write(a());
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        a().gates().reviveLease(key());
        Gate stored = a().gates().holdReply(Operation.FILL);
        oldRow.open();
        assertThat(leader.result()).as("it overlapped the write").isEqualTo("v1");
        stored.awaitArrival();
        a().gates().failOver(key -> true);
        awaitReplay();
        stored.open();
        assertThat(joiner.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    @Test
    void race18_lostInvalidationWithSettle_isRepeatedWithIt() throws Throwable {
        Duration lag = Duration.ofSeconds(30);
        byte[] old = acknowledgedWrite(new InvalidationPolicy(false, lag, false));
        answer(connect().store().invalidate(List.of(key())));
        a().gates().revive(key(), old);
        a().gates().failOver(key -> true);
        awaitReplay();
        assertThat(b().read(key(), source().replica())).as("the replica lags").isEqualTo("v1");
        assertThat(a().gates().answered(Operation.FILL) + b().gates().answered(Operation.FILL))
                .as("nothing more is stored")
                .isEqualTo(1);
        source().replicate();
        assertFresh("v2");
    }

    @Test
    void race18_invalidationUnderWayAtTheChange_isRepeatedAlthoughItIsAcknowledged() throws Throwable {
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        byte[] old = Objects.requireNonNull(stored());
        Gate acknowledged = a().gates().holdReply(Operation.INVALIDATE);
        Gate replay = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        source().commit();
        Call<@Nullable Void> writer = a().startInvalidation(key());
        acknowledged.awaitArrival();
        a().gates().revive(key(), old);
        a().gates().failOver(key -> true);
        acknowledged.open();
        writer.result();
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        replay.open();
        awaitReplay();
        assertFresh("v2");
    }

    @Test
    void changeOfAnotherMaster_concernsNobody() throws Throwable {
        acknowledgedWrite();
        a().gates().failOver(key -> false);
        a().read(key(), source().loader());
        awaitAnswered(a(), Operation.FILL, 2);
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        assertThat(a().hits()).isEqualTo(1);
        assertThat(a().invalidated()).isEqualTo(1);
    }
}
