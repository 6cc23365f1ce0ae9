package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.error.UnconfirmedInvalidationException;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The races of a write that removes all keys of a cache. As for a key: a read that began after the write had returned must
 * see it, whatever was stored or being loaded before.
 */
public abstract class WholeCacheInterleavingsContract extends Races {

    private static final String UNCOMMITTED = "uncommitted";

    /** A has stored v1. */
    private void storeV1() throws Throwable {
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
    }

    private void writeAll(TestJvm jvm) {
        source().commit();
        jvm.invalidateAll();
    }

    // ---- what is stored or under way before

    @Test
    void storedValue_isServedByNobodyAfterwards() throws Throwable {
        storeV1();
        writeAll(b());
        assertFresh("v2");
    }

    @Test
    void loadUnderWayInAnotherJvm_isVoid() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> reader = a().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        writeAll(b());
        oldRow.open();
        assertThat(reader.result()).as("it overlapped the write").isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void joinerAfterTheWrite_takesNothingThatTheLeaderHadReadBefore() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> leader = a().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        writeAll(a());
        Call<@Nullable String> joiner = a().start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        oldRow.open();
        assertThat(leader.result()).as("it overlapped the write").isEqualTo("v1");
        assertThat(joiner.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    @Test
    void readerAfterTheWriteWhileAFillIsUnanswered_loadsForItself() throws Throwable {
        Gate stored = a().gates().holdReply(Operation.FILL);
        Call<@Nullable String> leader = a().start(key(), source().loader());
        stored.awaitArrival();
        writeAll(a());
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        stored.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertFresh("v2");
    }

    @Test
    void fillThatIsSentAfterTheRemoval_storesNothing() throws Throwable {
        Gate late = a().gates().holdBeforeSend(Operation.FILL);
        assertThat(a().read(key(), source().loader())).isEqualTo("v1");
        late.awaitArrival();
        writeAll(b());
        late.open();
        awaitAnswered(a(), Operation.FILL, 1);
        assertThat(stored()).isNull();
        assertFresh("v2");
    }

    // ---- what begins during the removal

    @Test
    void loadThatBeginsWhileTheWriterWaits_isStoredAndStaysRight() throws Throwable {
        storeV1();
        source().commit();
        Gate acknowledged = a().gates().holdReply(Operation.REMOVE_ALL);
        Call<Void> writer = a().startInvalidateAll();
        acknowledged.awaitArrival();
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        acknowledged.open();
        writer.result();
        assertFresh("v2");
        assertThat(b().hits()).isPositive();
    }

    @Test
    void writeDuringAnothersRemoval_isNotServedByThatOne() throws Throwable {
        source().commit();
        Gate first = a().gates().holdReply(Operation.REMOVE_ALL);
        Call<Void> writer = a().startInvalidateAll();
        first.awaitArrival();
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        source().commit();
        Call<Void> second = a().startInvalidateAll();
        second.awaitParkedIn(CompletableFuture.class, "get");
        assertThat(second.isDone()).isFalse();
        first.open();
        writer.result();
        second.result();
        assertFresh("v3");
    }

    @Test
    void writersWhoComeDuringARemoval_shareTheNext() throws Throwable {
        Gate first = a().gates().holdReply(Operation.REMOVE_ALL);
        Call<Void> writer = a().startInvalidateAll();
        first.awaitArrival();
        Call<Void> second = a().startInvalidateAll();
        Call<Void> third = a().startInvalidateAll();
        second.awaitParkedIn(CompletableFuture.class, "get");
        third.awaitParkedIn(CompletableFuture.class, "get");
        first.open();
        writer.result();
        second.result();
        third.result();
        assertThat(a().gates().answered(Operation.REMOVE_ALL)).isEqualTo(2);
    }

    @Test
    void removalWhoseMasterIsLostUnderWay_beginsAgainBeforeItsWriterGoesOn() throws Throwable {
        storeV1();
        byte[] old = Objects.requireNonNull(stored());
        source().commit();
        Gate acknowledged = a().gates().holdReply(Operation.REMOVE_ALL);
        Call<Void> writer = a().startInvalidateAll();
        acknowledged.awaitArrival();
        a().gates().revive(key(), old);
        a().gates().failOver(key -> true);
        assertThat(a().isDistrusting()).as("nothing is acknowledged yet").isFalse();
        acknowledged.open();
        writer.result();
        assertThat(a().gates().answered(Operation.REMOVE_ALL)).isEqualTo(2);
        assertFresh("v2");
    }

    // ---- transactions

    @Test
    void ownReadsOfItsTransaction_bypassTheCacheFromEntryOn() throws Throwable {
        storeV1();
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        transactions.begin(true);
        writer.writeAll(() -> {
            assertThat(writer.read(key(), () -> UNCOMMITTED)).isEqualTo(UNCOMMITTED);
            return null;
        });
        assertThat(writer.read(key(), () -> UNCOMMITTED)).isEqualTo(UNCOMMITTED);
        assertThat(b().read(key(), source().loader())).as("not committed yet").isEqualTo("v1");
        source().commit();
        transactions.complete(Completion.COMMITTED);
        assertFresh("v2");
    }

    @Test
    void transactionThatTheMethodBeginsItself_readsItsOwnRowsToo() throws Throwable {
        storeV1();
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        writer.writeAll(() -> {
            transactions.begin(true);
            assertThat(writer.read(key(), () -> UNCOMMITTED)).isEqualTo(UNCOMMITTED);
            source().commit();
            transactions.complete(Completion.COMMITTED);
            return null;
        });
        assertFresh("v2");
    }

    @Test
    void rollback_removesNothing() throws Throwable {
        storeV1();
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        transactions.begin(false);
        writer.invalidateAll();
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(writer.gates().answered(Operation.REMOVE_ALL)).isZero();
        assertThat(b().read(key(), source().loader())).isEqualTo("v1");
        assertThat(b().hits()).isEqualTo(1);
    }

    @Test
    void unknownOutcome_removesAll() throws Throwable {
        storeV1();
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        transactions.begin(false);
        writer.invalidateAll();
        source().commit();
        transactions.complete(Completion.UNKNOWN);
        assertFresh("v2");
    }

    @Test
    void resultWrittenThroughInTheSameTransaction_isNotStored() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        writer.ahead(key(), () -> {
            transactions.begin(false);
            writer.writeThrough(key(), () -> "v2 before the change of all");
            writer.invalidateAll();
            source().commit();
            transactions.complete(Completion.COMMITTED);
            return null;
        });
        assertThat(writer.gates().answered(Operation.REPLACE)).isZero();
        assertFresh("v2");
    }

    // ---- no acknowledgement

    @Test
    void unacknowledgedRemoval_isBypassedHereToldToTheWriterAndRepeated() throws Throwable {
        storeV1();
        a().gates().loseRequest(Operation.REMOVE_ALL);
        Gate repeated = a().gates().holdAllBeforeSend(Operation.REMOVE_ALL);
        assertThatThrownBy(() -> a().writeAll(() -> {
                    source().commit();
                    return null;
                }))
                .isInstanceOf(UnconfirmedInvalidationException.class)
                .hasMessageContaining("all keys of cache 'race'");
        assertThat(a().isDistrusting()).isTrue();
        repeated.awaitArrival();
        assertThat(a().read(key(), source().loader())).as("bypassed").isEqualTo("v2");
        assertThat(a().hits()).isZero();
        repeated.open();
        await("the cache is trusted again", () -> !a().isDistrusting());
        assertFresh("v2");
    }

    @Test
    void flightFromBeforeAnUnacknowledgedRemoval_servesNobodyWhoComesAfterIt() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> early = a().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        a().gates().loseRequest(Operation.REMOVE_ALL);
        Gate repeated = a().gates().holdAllBeforeSend(Operation.REMOVE_ALL);
        writeAll(a());
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        oldRow.open();
        assertThat(early.result()).as("it overlapped the write").isEqualTo("v1");
        repeated.open();
        await("the cache is trusted again", () -> !a().isDistrusting());
        assertFresh("v2");
    }

    @Test
    void failoverThatBringsAnEntryBack_isAnsweredByAnotherRemoval() throws Throwable {
        storeV1();
        byte[] old = Objects.requireNonNull(stored());
        writeAll(a());
        Gate repeated = a().gates().holdAllBeforeSend(Operation.REMOVE_ALL);
        a().gates().revive(key(), old);
        a().gates().failOver(key -> true);
        repeated.awaitArrival();
        assertThat(a().read(key(), source().loader())).isEqualTo("v2");
        repeated.open();
        await("the cache is trusted again", () -> !a().isDistrusting());
        assertFresh("v2");
    }
}
