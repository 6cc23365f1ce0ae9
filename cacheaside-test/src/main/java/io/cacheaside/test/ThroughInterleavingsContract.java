package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Body;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The races of writers that write through: what they store is never older than a write that has returned, whoever begins,
 * commits or ends first. Race 21.
 */
public abstract class ThroughInterleavingsContract extends Races {

    // ---- alone

    @Test
    void race21_writerAlone_storesItsResult() throws Throwable {
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        assertThat(a().writeThrough(key(), commit())).isEqualTo("v2");
        assertFresh("v2");
        assertThat(source().loads()).as("the first read's").isEqualTo(1);
    }

    @Test
    void race21_noResult_onlyRemoves() throws Throwable {
        b().read(key(), source().loader());
        a().writeThrough(key(), () -> {
            source().commit();
            return null;
        });
        assertFresh("v2");
        assertThat(source().loads()).isEqualTo(2);
    }

    @Test
    void race21_noResultWhereAbsenceIsRemembered_onlyRemoves() throws Throwable {
        TestJvm writer = jvm(
                CacheSettings.builder().nullTtl(Duration.ofMinutes(1)).build().orElse(TestJvm.settings()));
        writer.writeThrough(key(), () -> null);
        assertThat(writer.gates().answered(Operation.REPLACE)).isZero();
        assertFresh("v1");
    }

    @Test
    void race21_exception_onlyRemoves() throws Throwable {
        b().read(key(), source().loader());
        assertThatThrownBy(() -> a().writeThrough(key(), () -> {
                    source().commit();
                    throw new IllegalStateException("after the commit");
                }))
                .hasMessage("after the commit");
        assertFresh("v2");
    }

    @Test
    void race21_missDuringTheWrite_waitsForItsResult() throws Throwable {
        Gate committed = new Gate("committed");
        Call<@Nullable String> write = a().startWriteThrough(key(), heldAt(committed));
        committed.awaitArrival();
        Call<@Nullable String> reader = b().start(key(), source().loader());
        awaitAnswered(b(), Operation.ACQUIRE, 1);
        committed.open();
        assertThat(write.result()).isEqualTo("v2");
        assertThat(reader.result()).isEqualTo("v2");
        assertThat(source().loads()).isZero();
    }

    @Test
    void race21_writersOwnReadOfItsKey_doesNotWaitForItself() throws Throwable {
        a().writeThrough(key(), () -> {
            assertThat(a().read(key(), source().loader())).isEqualTo("v1");
            source().commit();
            return source().current();
        });
        assertThat(a().gates().answered(Operation.ACQUIRE)).as("the write's").isEqualTo(1);
        assertFresh("v2");
    }

    // ---- two that write through

    @ParameterizedTest(name = "{0} begins, {1} commits, {2} ends first")
    @CsvSource({"a,a,a", "a,a,b", "a,b,a", "a,b,b", "b,a,a", "b,a,b", "b,b,a", "b,b,b"})
    void race21_twoWritersOverlap(String begins, String commits, String ends) throws Throwable {
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        Overlapping first = new Overlapping(begins.equals("a") ? a() : b());
        Overlapping second = new Overlapping(begins.equals("a") ? b() : a());
        boolean firstCommits = commits.equals(begins);
        (firstCommits ? first : second).commit();
        (firstCommits ? second : first).commit();
        Overlapping early = ends.equals(begins) ? first : second;
        String written = early.end();
        assertThat(jvm(TestJvm.settings()).start(key(), source().loader()).result())
                .as("a read between the two ends")
                .isGreaterThanOrEqualTo(written);
        (early == first ? second : first).end();
        assertFresh("v3");
    }

    @Test
    void race21_writersOneAfterTheOther_bothStore() throws Throwable {
        a().writeThrough(key(), commit());
        assertThat(b().read(key(), source().loader())).isEqualTo("v2");
        b().writeThrough(key(), commit());
        assertFresh("v3");
        assertThat(source().loads()).isZero();
    }

    // ---- one that writes through and one that only invalidates

    @Test
    void race21_otherWriterEndsFirst_itsCommitBeforeTheResult_onlyRemoves() throws Throwable {
        assertThat(a().writeThrough(key(), () -> {
                    write(b());
                    return commit().run();
                }))
                .isEqualTo("v3");
        assertFresh("v3");
        assertThat(source().loads()).as("nothing was stored").isEqualTo(1);
    }

    @Test
    void race21_otherWriterEndsFirst_itsCommitAfterTheResult_onlyRemoves() throws Throwable {
        a().writeThrough(key(), () -> {
            String written = commit().run();
            write(b());
            return written;
        });
        assertFresh("v3");
    }

    @Test
    void race21_otherWriterEndsLast_removesWhatWasStored() throws Throwable {
        Gate committed = new Gate("committed");
        Call<@Nullable Void> other = b().startWrite(key(), InvalidationPolicy.PLAIN, () -> {
            heldAt(committed).run();
            return null;
        });
        committed.awaitArrival();
        a().writeThrough(key(), commit());
        committed.open();
        other.result();
        assertFresh("v3");
    }

    @Test
    void race21_strictWriteUnderWay_nothingIsStored() throws Throwable {
        b().write(key(), new InvalidationPolicy(true, Duration.ZERO, false), () -> a().writeThrough(key(), commit()));
        assertFresh("v2");
        assertThat(source().loads()).isEqualTo(1);
    }

    // ---- leases

    @Test
    void race21_loadUnderWay_isVoidAndNothingIsStored() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> old = b().start(key(), source().heldAt(loaded));
        loaded.awaitArrival();
        a().writeThrough(key(), commit());
        loaded.open();
        assertThat(old.result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @ParameterizedTest(name = "the one that stands still commits first: {0}")
    @ValueSource(booleans = {true, false})
    void race21_leaseEnds_whatTheOtherStoredMeanwhileIsRemoved(boolean first) throws Throwable {
        TestJvm slow = jvm(
                CacheSettings.builder().lease(Duration.ofMillis(200)).build().orElse(TestJvm.settings()));
        slow.gates().stopRenewals();
        slow.writeThrough(key(), () -> {
            String early = first ? commit().run() : null;
            awaitFreeLease();
            b().writeThrough(key(), commit());
            assertThat(b().read(key(), source().loader())).isEqualTo(source().current());
            return first ? early : commit().run();
        });
        assertFresh("v3");
    }

    @Test
    void race21_longMethod_hasItsLeaseProlonged() throws Throwable {
        TestJvm slow =
                jvm(CacheSettings.builder().lease(Duration.ofSeconds(1)).build().orElse(TestJvm.settings()));
        slow.writeThrough(key(), () -> {
            awaitAnswered(slow, Operation.RENEW, 2);
            return commit().run();
        });
        assertThat(slow.gates().answered(Operation.REPLACE)).isEqualTo(1);
        assertFresh("v2");
    }

    @Test
    void race21_leaseThatNoWriteHasUsed_isGivenBack() throws Throwable {
        a().ahead(key(), () -> null);
        awaitFreeLease();
        assertFresh("v1");
    }

    @Test
    void race21_masterChangesDuringTheWrite_nothingIsStored() throws Throwable {
        a().writeThrough(key(), () -> {
            a().gates().failOver(key -> true);
            return commit().run();
        });
        assertThat(a().gates().answered(Operation.REPLACE)).isZero();
        assertFresh("v2");
    }

    // ---- answers that are lost or late

    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {true, false})
    void race21_unansweredReplace_isRepeatedAsARemoval(boolean executed) throws Throwable {
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        if (executed) {
            a().gates().loseReply(Operation.REPLACE);
        } else {
            a().gates().loseRequest(Operation.REPLACE);
        }
        a().writeThrough(key(), commit());
        await("the removal is acknowledged", () -> a().invalidated() == 1);
        assertThat(a().gates().answered(Operation.INVALIDATE)).isPositive();
        assertFresh("v2");
    }

    @Test
    void race21_replaceThatExecutesAfterTheNextWrite_removes() throws Throwable {
        Gate sent = a().gates().holdBeforeSend(Operation.REPLACE);
        Call<@Nullable String> slow = a().startWriteThrough(key(), commit());
        sent.awaitArrival();
        write(b());
        assertThat(b().read(key(), source().loader())).isEqualTo("v3");
        awaitAnswered(b(), Operation.FILL, 1);
        sent.open();
        assertThat(slow.result()).isEqualTo("v2");
        assertFresh("v3");
    }

    // ---- transactions

    @Test
    void race21_outermostTransaction_storesAfterTheCommit() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        writer.ahead(key(), () -> {
            transactions.begin();
            writer.writeThrough(key(), () -> "v2");
            assertThat(b().read(key(), source().loader())).as("not committed").isEqualTo("v1");
            source().commit();
            transactions.complete(Completion.COMMITTED);
            return null;
        });
        assertFresh("v2");
        assertThat(source().loads()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Completion.class,
            names = {"ROLLED_BACK", "UNKNOWN"})
    void race21_transactionThatIsNotKnownToHaveCommitted_storesNothing(Completion completion) throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        writer.ahead(key(), () -> {
            transactions.begin();
            writer.writeThrough(key(), () -> "never committed");
            transactions.complete(completion);
            return null;
        });
        assertFresh("v1");
        assertThat(writer.gates().answered(Operation.REPLACE)).isZero();
    }

    @Test
    void race21_callersTransaction_onlyRemoves() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        transactions.begin();
        String snapshot = source().current();
        write(b());
        writer.ahead(key(), () -> writer.writeThrough(key(), () -> snapshot));
        transactions.complete(Completion.COMMITTED);
        assertFresh("v2");
        assertThat(writer.gates().answered(Operation.ACQUIRE)).isZero();
    }

    @Test
    void race21_keyThatAnotherWriteOfTheTransactionNames_isOnlyRemoved() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        writer.ahead(key(), () -> {
            transactions.begin();
            writer.writeThrough(key(), () -> {
                writer.invalidate(key());
                return "as it was before the other";
            });
            source().commit();
            transactions.complete(Completion.COMMITTED);
            return null;
        });
        assertFresh("v2");
    }

    // ---- versions

    @Test
    void olderVersion_leavesTheNewerEntry() throws Throwable {
        source().commit();
        source().commit();
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        a().writeThrough(key(), ThroughInterleavingsContract::version, () -> "v2");
        assertFresh("v3");
        assertThat(source().loads()).as("the entry stayed").isEqualTo(1);
        a().writeThrough(key(), ThroughInterleavingsContract::version, () -> "v10");
        assertThat(b().read(key(), source().loader())).isEqualTo("v10");
    }

    @Test
    void olderVersionOverlappedByAnotherWrite_removes() throws Throwable {
        source().commit();
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        Gate compared = a().gates().holdBeforeSend(Operation.RENEW);
        Call<@Nullable String> late =
                TestJvm.start(() -> a().writeThrough(key(), ThroughInterleavingsContract::version, () -> "v1"));
        compared.awaitArrival();
        write(b());
        compared.open();
        late.result();
        assertFresh("v3");
    }

    @Test
    void versionsThatDoNotCompare_removeTheEntry() throws Throwable {
        b().read(key(), source().loader());
        awaitAnswered(b(), Operation.FILL, 1);
        a().writeThrough(key(), value -> value.equals("v1") ? 1 : "two", commit());
        assertFresh("v2");
        assertThat(source().loads()).isEqualTo(2);
    }

    private static Object version(Object value) {
        return Integer.valueOf(((String) value).substring(1));
    }

    /** A method that commits and returns the row. */
    private Body<String> commit() {
        return () -> {
            source().commit();
            return source().current();
        };
    }

    /** The same, standing at {@code gate} before it returns. */
    private Body<String> heldAt(Gate gate) {
        return () -> {
            source().commit();
            String written = source().current();
            gate.pass();
            return written;
        };
    }

    /** One of two overlapping writers, from its begin on. */
    private final class Overlapping {

        private final Gate begun = new Gate("before the commit");
        private final Gate committed = new Gate("after the commit");
        private final Call<@Nullable String> call;

        Overlapping(TestJvm jvm) {
            call = jvm.startWriteThrough(key(), () -> {
                begun.pass();
                return heldAt(committed).run();
            });
            begun.awaitArrival();
        }

        void commit() {
            begun.open();
            committed.awaitArrival();
        }

        @Nullable
        String end() throws Throwable {
            committed.open();
            return call.result();
        }
    }
}
