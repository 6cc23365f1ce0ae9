package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.Write;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The races of keys that are invalidated in the background: what readers see before the acknowledgement, and after it. */
public abstract class BackgroundInterleavingsContract extends Races {

    private final ManualTransactions transactions = new ManualTransactions();
    private @Nullable TestJvm writer;

    /** The JVM that invalidates, and hands nothing to its journal because a gate is closed. */
    @BeforeEach
    void startWriter() {
        CacheSettings patient = CacheSettings.builder()
                .invalidateTimeout(Duration.ofSeconds(20))
                .build();
        writer = jvm(patient.orElse(TestJvm.settings()), transactions);
    }

    private TestJvm writer() {
        return Objects.requireNonNull(writer);
    }

    @Test
    void keyThatWaits_mayBeServed_andIsFreshOnceAcknowledged() throws Throwable {
        storeV1();
        Gate removal = writer().gates().holdBeforeSend(Operation.INVALIDATE);
        source().commit();
        writer().invalidateLater(key());
        removal.awaitArrival();
        assertFresh("v1");
        removal.open();
        awaitAcknowledged(writer(), 1);
        assertFresh("v2");
    }

    @Test
    void loadThatBeganBeforeTheRemoval_isVoid() throws Throwable {
        Gate oldRow = new Gate("old row read");
        Call<@Nullable String> old = b().start(key(), source().heldAt(oldRow));
        oldRow.awaitArrival();
        source().commit();
        writer().invalidateLater(key());
        awaitAcknowledged(writer(), 1);
        oldRow.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void laterWriteWhileTheBatchIsUnderWay_isCoveredByAnother() throws Throwable {
        storeV1();
        Gate first = writer().gates().holdReply(Operation.INVALIDATE);
        source().commit();
        writer().invalidateLater(key());
        first.awaitArrival();
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        awaitAnswered(b(), Operation.FILL, 1);
        source().commit();
        writer().invalidateLater(key());
        first.open();
        awaitAcknowledged(writer(), 2);
        assertFresh("v3");
    }

    @Test
    void synchronousInvalidation_doesNotWaitForTheQueue_andTakesItsKeyOut() throws Throwable {
        Gate other = writeBehindAnother();
        writer().invalidate(key());
        assertFresh("v2");
        other.open();
        writer().invalidateLater(TestJvm.key("last"));
        awaitAcknowledged(writer(), 3);
        writer().close();
        assertThat(writer().invalidated()).as("each key once").isEqualTo(3);
    }

    @Test
    void unacknowledgedKey_isBypassedHereUntilItsRetryIsAcknowledged() throws Throwable {
        storeV1();
        writer().gates().loseRequest(Operation.INVALIDATE);
        Gate retry = writer().gates().holdAllBeforeSend(Operation.INVALIDATE);
        source().commit();
        writer().invalidateLater(key());
        retry.awaitArrival();
        assertThat(writer().read(key(), source().loader())).isEqualTo("v2");
        assertThat(b().read(key(), source().loader())).as("another JVM").isEqualTo("v1");
        retry.open();
        awaitAcknowledged(writer(), 1);
        assertFresh("v2");
    }

    @Test
    void rolledBackTransaction_queuesNothing() throws Throwable {
        storeV1();
        transactions.begin();
        writer().invalidateLater(key());
        transactions.complete(Completion.ROLLED_BACK);
        writer().close();
        assertThat(writer().gates().answered(Operation.INVALIDATE)).isZero();
        assertThat(b().read(key(), source().loader())).isEqualTo("v1");
        assertThat(source().loads()).isEqualTo(1);
    }

    @Test
    void rowsOfATransactionThatSaysItOnlyReads_areNotStored() throws Throwable {
        transactions.begin(true);
        writer().invalidateLater(key());
        assertThat(writer().read(key(), () -> "uncommitted")).isEqualTo("uncommitted");
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(writer().gates().answered(Operation.FILL)).isZero();
        assertFresh("v1");
    }

    @Test
    void transaction_queuesAfterItsCompletion_alsoWhereTheOutcomeIsUnknown() throws Throwable {
        String expected = "v1";
        for (Completion completion : new Completion[] {Completion.COMMITTED, Completion.UNKNOWN}) {
            int answered = writer().gates().answered(Operation.INVALIDATE);
            assertFresh(expected);
            transactions.begin();
            Write write = writer().beginWrite(TestJvm.key("at once"));
            writer().invalidateLater(key());
            writer().finish(write, TestJvm.key("at once"));
            assertThat(writer().gates().answered(Operation.INVALIDATE)).isEqualTo(answered);
            source().commit();
            expected = source().current();
            transactions.complete(completion);
            awaitAnswered(writer(), Operation.INVALIDATE, answered + 2);
            assertFresh(expected);
        }
    }

    @Test
    void closing_sendsWhatWaits() throws Throwable {
        Gate other = writeBehindAnother();
        other.open();
        writer().close();
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
    }

    /** V1 is stored, and its key waits in the queue while that of another write is under way, until the gate is opened. */
    private Gate writeBehindAnother() throws Throwable {
        storeV1();
        Gate other = writer().gates().holdBeforeSend(Operation.INVALIDATE);
        writer().invalidateLater(TestJvm.key("other"));
        other.awaitArrival();
        source().commit();
        writer().invalidateLater(key());
        return other;
    }

    private void storeV1() throws Throwable {
        assertThat(writer().read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(writer(), Operation.FILL, 1);
    }

    private static void awaitAcknowledged(TestJvm jvm, int keys) {
        await("the acknowledgement of " + keys + " keys", () -> jvm.invalidated() >= keys);
    }
}
