package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.BatchLoader;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads of many elements: what they load, what they store and what they share with other reads. */
public abstract class BatchContract extends BatchRaces {

    @Test
    void missesOfABatch_areLoadedInOneCall_andHitsAreNot() throws Throwable {
        a().read(k("b"), () -> "from one");
        awaitStored(a(), 1);
        assertThat(read(a(), "abc")).containsExactly("v1 of a", "from one", "v1 of c");
        awaitStored(a(), 3);
        assertThat(read(b(), "cba")).containsExactly("v1 of c", "from one", "v1 of a");
        assertThat(b().read(k("a"), () -> "not asked")).isEqualTo("v1 of a");
        assertCalls("ac");
    }

    @Test
    void emptyBatch_callsNobody() throws Throwable {
        assertThat(read(a(), "")).isEmpty();
        assertCalls();
        assertThat(a().gates().answered(Operation.GET)).isZero();
    }

    @Test
    void absentElements_areRememberedWhereTheCacheDoes() throws Throwable {
        TestJvm jvm = jvmWith(settings -> settings.nullTtl(Duration.ofMinutes(1)));
        assertThat(read(jvm, "aXb")).containsExactly("v1 of a", null, "v1 of b");
        awaitStored(jvm, 3);
        assertThat(read(jvm, "Xa")).containsExactly(null, "v1 of a");
        assertThat(jvm.read(k("X"), () -> "not asked")).isNull();
        assertCalls("aXb");
    }

    @Test
    void absentElements_areAskedForAgainWhereTheCacheDoesNot() throws Throwable {
        assertThat(read(a(), "aX")).containsExactly("v1 of a", null);
        awaitAnswered(a(), Operation.RELEASE, 1);
        assertThat(read(b(), "aX")).containsExactly("v1 of a", null);
        assertCalls("aX", "X");
    }

    @Test
    void largeBatch_isSplit() throws Throwable {
        TestJvm jvm = jvmWith(settings -> settings.maxBatch(2));
        assertThat(read(jvm, "abcde")).isEqualTo(values("abcde"));
        assertCalls("ab", "cd", "e");
    }

    @Test
    void elementWithoutKey_isLoadedForItsCallerAlone() throws Throwable {
        List<@Nullable String> keys = Arrays.asList(k("a"), null);
        assertThat(a().readAll(keys, shelf().loader(keys))).containsExactly("v1 of a", "keyless");
        awaitStored(a(), 1);
        assertThat(a().readAll(keys, shelf().loader(keys))).containsExactly("v1 of a", "keyless");
        assertThat(shelf().calls())
                .containsExactly(keys("a"), Collections.singletonList(null), Collections.singletonList(null));
    }

    @Test
    void batchThatThrows_leavesHitsAndFreeLeases() throws Throwable {
        store(a(), "a");
        assertThatThrownBy(() -> a().readAll(keys("abc"), positions -> {
                    throw new IOException("no rows");
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no rows");
        assertThat(read(b(), "abc")).isEqualTo(values("abc"));
        assertCalls("a", "bc");
    }

    @Test
    void damagedElement_isAMissAndIsReplaced() throws Throwable {
        store(a(), "abc");
        b().gates().revive(k("b"), "damaged".getBytes(StandardCharsets.UTF_8));
        store(b(), "abc");
        assertThat(read(a(), "abc")).isEqualTo(values("abc"));
        assertCalls("abc", "b");
    }

    @Test
    void unconfirmedElement_isNotReadFromTheStore() throws Throwable {
        store(a(), "ab");
        shelf().put(k("b"), "v2 of b");
        a().gates().cutOff(k("b")::equals);
        a().invalidate(k("b"));
        Gate retries = a().gates().holdAllBeforeSend(Operation.INVALIDATE);
        a().gates().cutOff(key -> false);
        assertThat(read(a(), "ab")).containsExactly("v1 of a", "v2 of b");
        assertCalls("ab", "b");
        retries.open();
    }

    @Test
    void loadThatReadsItsOwnElements_doesNotWaitForItself() throws Throwable {
        BatchLoader nested = positions -> {
            a().read(k("a"), () -> "own");
            return read(a(), "ba").toArray();
        };
        assertThat(a().readAll(keys("ab"), nested)).containsExactly("v1 of b", "v1 of a");
        assertCalls("ba");
    }

    // ---- old values

    private static final Duration LONG_GONE = Duration.ofHours(1);

    private TestJvm withOldValues() {
        return jvmWith(settings -> settings.ttl(Duration.ofMillis(1)).staleFor(LONG_GONE));
    }

    /** Stores {@code names}, which are past their lifetime when this returns. */
    private void storeOld(TestJvm jvm, String names) throws Throwable {
        store(jvm, names);
        long filled = System.currentTimeMillis();
        await("the lifetime is over", () -> System.currentTimeMillis() > filled + 1);
    }

    private static final BatchLoader FAILING = positions -> {
        throw new IOException("no rows");
    };

    @Test
    void oldValueOfTheOnlyMiss_answersWhereTheCallFails() throws Throwable {
        TestJvm jvm = withOldValues();
        store(a(), "b");
        storeOld(jvm, "a");
        assertThat(jvm.readAll(keys("ab"), FAILING)).isEqualTo(values("ab"));
        awaitStored(jvm, 2);
        assertThat(read(jvm, "ab")).as("nobody asks the source for a while").isEqualTo(values("ab"));
        assertCalls("b", "a");
    }

    @Test
    void elementWithoutOldValue_failsTheCallForAll() throws Throwable {
        TestJvm jvm = withOldValues();
        storeOld(jvm, "a");
        assertThatThrownBy(() -> jvm.readAll(keys("ab"), FAILING)).hasMessage("no rows");
        assertThat(read(jvm, "ab")).as("no lease is left").isEqualTo(values("ab"));
        assertThat(jvm.readAll(keys("b"), FAILING)).isEqualTo(values("b"));
    }

    @Test
    void invalidatedElement_hasNoOldValue() throws Throwable {
        TestJvm jvm = withOldValues();
        storeOld(jvm, "ab");
        a().invalidate(k("b"));
        assertThatThrownBy(() -> jvm.readAll(keys("ab"), FAILING)).hasMessage("no rows");
    }

    // ---- transactions and writes

    @Test
    void transactionThatBeganAWrite_loadsThatElementItself_andSharesNothing() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm jvm = jvm(transactions);
        store(jvm, "ab");
        transactions.begin(false);
        jvm.invalidate(k("b"));
        shelf().put(k("b"), "uncommitted");
        assertThat(read(jvm, "abc")).containsExactly("v1 of a", "uncommitted", "v1 of c");
        shelf().put(k("b"), "v1 of b");
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(read(jvm, "abc")).isEqualTo(values("abc"));
        assertThat(shelf().calls().get(1)).isEqualTo(keys("bc"));
        assertThat(shelf().calls().get(2)).as("nothing was stored from inside").contains(k("c"));
    }

    @Test
    void transactionThatSeesTheLatestCommits_sharesWhatItLoads() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm jvm = jvm(transactions);
        transactions.begin(true);
        store(jvm, "ab");
        transactions.complete(Completion.COMMITTED);
        read(b(), "ab");
        assertCalls("ab");
    }

    @Test
    void transactionThatMayNotShare_loadsInAReadTransactionOfItsOwn() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm jvm =
                jvm(settingsWith(settings -> settings.insideTransaction(InsideTransaction.NEW_READ_TX)), transactions);
        transactions.begin(false);
        BatchLoader inside = positions -> {
            assertThat(transactions.current())
                    .satisfies(running -> assertThat(running.seesLatestCommitsOnly())
                            .as("the load's own")
                            .isTrue());
            return loader("ab").load(positions);
        };
        assertThat(jvm.readAll(keys("ab"), inside)).isEqualTo(values("ab"));
        awaitStored(jvm, 2);
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(read(b(), "ab")).isEqualTo(values("ab"));
        assertCalls("ab");
    }

    @Test
    void readTransactionThatIsNotToBeHad_loadsForTheCallerAlone() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm jvm =
                jvm(settingsWith(settings -> settings.insideTransaction(InsideTransaction.NEW_READ_TX)), transactions);
        store(jvm, "a");
        transactions.begin(false);
        transactions.setAvailable(false);
        assertThat(read(jvm, "abc")).isEqualTo(values("abc"));
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(read(b(), "abc")).as("no lease is left").isEqualTo(values("abc"));
        assertCalls("a", "bc", "bc");
    }

    @Test
    void batchInsideAWriteOfOneElement_doesNotWaitForTheWritesLease() throws Throwable {
        assertThat(a().writeThrough(k("b"), () -> {
                    shelf().put(k("b"), "half written");
                    assertThat(read(a(), "abc")).containsExactly("v1 of a", "half written", "v1 of c");
                    shelf().put(k("b"), "v2 of b");
                    return "v2 of b";
                }))
                .isEqualTo("v2 of b");
        assertThat(read(b(), "abc")).containsExactly("v1 of a", "v2 of b", "v1 of c");
        assertCalls("ac", "b");
    }
}
