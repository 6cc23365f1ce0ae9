package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.BatchLoader;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of many elements: what they load, what they share, and their races with writers and with each other. */
public abstract class BatchContract extends Races {

    private final Shelf shelf = new Shelf();

    /** The key of the row {@code name}. */
    private String k(String name) {
        return key() + name;
    }

    private List<@Nullable String> keys(String names) {
        return names.chars().mapToObj(c -> k(String.valueOf((char) c))).toList();
    }

    private List<@Nullable String> values(String names) {
        return names.chars().mapToObj(c -> "v1 of " + (char) c).toList();
    }

    private List<@Nullable String> read(TestJvm jvm, String names) throws Throwable {
        return jvm.readAll(keys(names), shelf.loader(keys(names)));
    }

    private Call<List<@Nullable String>> start(TestJvm jvm, String names) {
        return jvm.startAll(keys(names), shelf.loader(keys(names)));
    }

    private Call<List<@Nullable String>> startHeld(TestJvm jvm, String names, Gate gate) {
        return jvm.startAll(keys(names), shelf.heldAt(gate, keys(names)));
    }

    private void assertCalls(String... names) {
        assertThat(shelf.calls())
                .containsExactlyElementsOf(Arrays.stream(names).map(this::keys).toList());
    }

    @BeforeEach
    void fillTheShelf() {
        "abcdefgh".chars().forEach(c -> shelf.put(k(String.valueOf((char) c)), "v1 of " + (char) c));
    }

    private void awaitStored(TestJvm jvm, int fills) {
        awaitAnswered(jvm, Operation.FILL, fills);
    }

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
        CacheSettings remembering =
                CacheSettings.builder().nullTtl(Duration.ofMinutes(1)).build().orElse(TestJvm.settings());
        TestJvm jvm = jvm(remembering);
        assertThat(read(jvm, "aXb")).containsExactly("v1 of a", null, "v1 of b");
        awaitStored(jvm, 3);
        assertThat(read(jvm, "Xa")).containsExactly(null, "v1 of a");
        assertThat(jvm.read(k("X"), () -> "not asked")).isNull();
        assertCalls("aXb");
        assertThat(read(a(), "Y")).containsExactly((String) null);
        assertThat(read(a(), "Y")).containsExactly((String) null);
        assertCalls("aXb", "Y", "Y");
    }

    @Test
    void largeBatch_isSplit() throws Throwable {
        TestJvm jvm = jvm(CacheSettings.builder().maxBatch(2).build().orElse(TestJvm.settings()));
        assertThat(read(jvm, "abcde")).isEqualTo(values("abcde"));
        assertCalls("ab", "cd", "e");
    }

    @Test
    void elementWithoutKey_isLoadedForItsCallerAlone() throws Throwable {
        List<@Nullable String> keys = Arrays.asList(k("a"), null);
        assertThat(a().readAll(keys, shelf.loader(keys))).containsExactly("v1 of a", "keyless");
        awaitStored(a(), 1);
        assertThat(a().readAll(keys, shelf.loader(keys))).containsExactly("v1 of a", "keyless");
        assertThat(shelf.calls())
                .containsExactly(keys("a"), Collections.singletonList(null), Collections.singletonList(null));
    }

    @Test
    void elementInvalidatedDuringTheCall_isNotStored_andTheOthersAre() throws Throwable {
        Gate loaded = new Gate("old rows read");
        Call<List<@Nullable String>> batch = startHeld(a(), "abc", loaded);
        loaded.awaitArrival();
        shelf.put(k("b"), "v2 of b");
        b().invalidate(k("b"));
        loaded.open();
        assertThat(batch.result()).isEqualTo(values("abc"));
        awaitStored(a(), 3);
        assertThat(read(b(), "abc")).containsExactly("v1 of a", "v2 of b", "v1 of c");
        assertCalls("abc", "b");
    }

    @Test
    void elementInvalidatedDuringTheCall_isLoadedAgainForABatchThatCameLater() throws Throwable {
        Gate loaded = new Gate("old rows read");
        Call<List<@Nullable String>> first = startHeld(a(), "ab", loaded);
        loaded.awaitArrival();
        shelf.put(k("b"), "v2 of b");
        a().invalidate(k("b"));
        Call<List<@Nullable String>> later = start(a(), "abc");
        later.awaitParkedIn(BatchLoader.class.getPackage(), "BatchRound", "join");
        loaded.open();
        assertThat(first.result()).isEqualTo(values("ab"));
        assertThat(later.result()).containsExactly("v1 of a", "v2 of b", "v1 of c");
        assertCalls("ab", "c", "b");
    }

    @Test
    void overlappingBatchesOfOneJvm_loadEachElementOnce() throws Throwable {
        Gate loaded = new Gate("rows read");
        Call<List<@Nullable String>> first = startHeld(a(), "abc", loaded);
        loaded.awaitArrival();
        Call<List<@Nullable String>> second = start(a(), "dcba");
        second.awaitParkedIn(BatchLoader.class.getPackage(), "BatchRound", "join");
        assertCalls("abc", "d");
        loaded.open();
        assertThat(first.result()).isEqualTo(values("abc"));
        assertThat(second.result()).isEqualTo(values("dcba"));
        assertCalls("abc", "d");
    }

    @Test
    void overlappingBatchesOfTwoJvms_loadEachElementOnce() throws Throwable {
        Gate loaded = new Gate("rows read");
        Call<List<@Nullable String>> first = startHeld(a(), "abc", loaded);
        loaded.awaitArrival();
        Call<List<@Nullable String>> second = start(b(), "dcba");
        awaitStored(b(), 1);
        assertCalls("abc", "d");
        loaded.open();
        assertThat(first.result()).isEqualTo(values("abc"));
        assertThat(second.result()).isEqualTo(values("dcba"));
        assertCalls("abc", "d");
    }

    @Test
    void batchesThatNeedEachOthersElements_doNotWaitInACircle() throws Throwable {
        long stranger = ThreadLocalRandom.current().nextLong(1L << 62, Long.MAX_VALUE);
        Slots slots = connect();
        assertThat(answer(slots.leases().acquire(k("b"), stranger, Duration.ofSeconds(10), true)))
                .isInstanceOf(LeaseAttempt.Taken.class);
        Gate loaded = new Gate("a read");
        Call<List<@Nullable String>> first = startHeld(a(), "ab", loaded);
        loaded.awaitArrival();
        answer(slots.leases().release(k("b"), stranger));
        Call<List<@Nullable String>> second = start(b(), "ba");
        awaitStored(b(), 1);
        assertCalls("a", "b");
        loaded.open();
        assertThat(first.result()).isEqualTo(values("ab"));
        assertThat(second.result()).isEqualTo(values("ba"));
        assertCalls("a", "b");
    }

    @Test
    void elementsThatOthersDidNotSupply_areLoadedTogetherInOneMoreCall() throws Throwable {
        Gate failing = new Gate("rows read");
        Call<List<@Nullable String>> first = a().startAll(keys("abc"), positions -> {
            failing.pass();
            throw new IOException("no rows");
        });
        failing.awaitArrival();
        Call<List<@Nullable String>> elsewhere = start(b(), "abcd");
        awaitStored(b(), 1);
        Call<List<@Nullable String>> here = start(a(), "cbe");
        awaitStored(a(), 1);
        here.awaitParkedIn(BatchLoader.class.getPackage(), "BatchRound", "join");
        failing.open();
        assertThatThrownBy(first::result).isExactlyInstanceOf(IOException.class).hasMessage("no rows");
        assertThat(elsewhere.result()).isEqualTo(values("abcd"));
        assertThat(here.result()).isEqualTo(values("cbe"));
        List<String> loaded = shelf.calls().stream()
                .flatMap(List::stream)
                .map(key -> String.valueOf(key).substring(key().length()))
                .toList();
        assertThat(loaded).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void batchThatThrows_leavesHitsAndFreeLeases() throws Throwable {
        read(a(), "a");
        awaitStored(a(), 1);
        assertThatThrownBy(() -> a().readAll(keys("abc"), positions -> {
                    throw new IOException("no rows");
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no rows");
        assertThat(read(b(), "abc")).isEqualTo(values("abc"));
        assertCalls("a", "bc");
    }

    @Test
    void readerOfOneElement_joinsTheBatch_andTheBatchJoinsIt() throws Throwable {
        Gate batchLoaded = new Gate("rows read");
        Call<List<@Nullable String>> batch = startHeld(a(), "ab", batchLoaded);
        batchLoaded.awaitArrival();
        Gate oneLoaded = new Gate("row read");
        Call<@Nullable String> one = a().start(k("c"), () -> {
            oneLoaded.pass();
            return "c of one";
        });
        oneLoaded.awaitArrival();
        Call<@Nullable String> joiner = a().start(k("a"), () -> "not asked");
        Call<List<@Nullable String>> joining = start(a(), "cd");
        joining.awaitParkedIn(BatchLoader.class.getPackage(), "BatchRound", "join");
        batchLoaded.open();
        oneLoaded.open();
        assertThat(batch.result()).isEqualTo(values("ab"));
        assertThat(one.result()).isEqualTo("c of one");
        assertThat(joiner.result()).isEqualTo("v1 of a");
        assertThat(joining.result()).containsExactly("c of one", "v1 of d");
        assertCalls("ab", "d");
    }

    @Test
    void readerOfOneElement_doesNotGetTheExceptionOfABatch() throws Throwable {
        Gate failing = new Gate("rows read");
        Call<List<@Nullable String>> batch = a().startAll(keys("ab"), positions -> {
            failing.pass();
            throw new IOException("too many");
        });
        failing.awaitArrival();
        Call<@Nullable String> one = a().start(k("a"), () -> "alone");
        one.awaitParkedIn(BatchLoader.class.getPackage(), "ReadPath", "join");
        failing.open();
        assertThatThrownBy(batch::result).hasMessage("too many");
        assertThat(one.result()).isEqualTo("alone");
    }

    @Test
    void damagedElement_isAMissAndIsReplaced() throws Throwable {
        read(a(), "abc");
        awaitStored(a(), 3);
        b().gates().revive(k("b"), "damaged".getBytes(StandardCharsets.UTF_8));
        assertThat(read(b(), "abc")).isEqualTo(values("abc"));
        awaitStored(b(), 1);
        assertThat(read(a(), "abc")).isEqualTo(values("abc"));
        assertCalls("abc", "b");
    }

    @Test
    void unconfirmedElement_isNotReadFromTheStore() throws Throwable {
        read(a(), "ab");
        awaitStored(a(), 2);
        shelf.put(k("b"), "v2 of b");
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
            return a().readAll(keys("ba"), shelf.loader(keys("ba"))).toArray();
        };
        assertThat(a().readAll(keys("ab"), nested)).containsExactly("v1 of b", "v1 of a");
        assertCalls("ba");
    }

    @Test
    void transactionThatBeganAWrite_loadsThatElementItself_andSharesNothing() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm jvm = jvm(TestJvm.settings(), transactions);
        read(jvm, "ab");
        awaitStored(jvm, 2);
        transactions.begin(false);
        jvm.invalidate(k("b"));
        shelf.put(k("b"), "uncommitted");
        assertThat(read(jvm, "abc")).containsExactly("v1 of a", "uncommitted", "v1 of c");
        shelf.put(k("b"), "v1 of b");
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(read(jvm, "abc")).isEqualTo(values("abc"));
        assertThat(shelf.calls().get(1)).isEqualTo(keys("bc"));
        assertThat(shelf.calls().get(2)).as("nothing was stored from inside").contains(k("c"));
    }

    @Test
    void transactionThatSeesTheLatestCommits_sharesWhatItLoads() throws Throwable {
        ManualTransactions transactions = new ManualTransactions();
        TestJvm jvm = jvm(TestJvm.settings(), transactions);
        transactions.begin(true);
        read(jvm, "ab");
        transactions.complete(Completion.COMMITTED);
        awaitStored(jvm, 2);
        read(b(), "ab");
        assertCalls("ab");
    }
}
