package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.BatchLoader;
import io.cacheaside.engine.FillTerms;
import io.cacheaside.engine.Loader;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.RefreshWindow;
import io.cacheaside.spi.RefreshState;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Race 20: the removal of a tag against loads that register under it. The index is read before the registration, or after it;
 * wherever that is, no read that begins after the write has returned sees the old row.
 */
public abstract class TagInterleavingsContract extends Races {

    private String tag() {
        return key() + "-tag";
    }

    private FillTerms tagged() {
        return under(List.of(tag()));
    }

    /** A fill under {@code tags}. */
    static FillTerms under(@Nullable Collection<String> tags) {
        return new FillTerms() {
            @Override
            public boolean allow(@Nullable Object value) {
                return true;
            }

            @Override
            public @Nullable Collection<String> tags() {
                return tags;
            }
        };
    }

    private @Nullable String read(TestJvm jvm) throws Throwable {
        return read(jvm, source().loader());
    }

    private @Nullable String read(TestJvm jvm, Loader loader) throws Throwable {
        return jvm.read(key(), loader, tagged());
    }

    private Call<String> start(TestJvm jvm, Loader loader) {
        return TestJvm.start(() -> read(jvm, loader));
    }

    /** A write of what the tag stands for: commit, then the removal of the tag is acknowledged. */
    private void write() {
        source().commit();
        b().invalidateTag(tag());
    }

    private void assertBothRead(String expected) throws Throwable {
        assertThat(read(a())).isEqualTo(expected);
        assertThat(read(b())).isEqualTo(expected);
    }

    @Test
    void race20_indexIsReadBeforeTheRegistration_theLoadBeginsAfterTheCommit() throws Throwable {
        Gate registering = a().gates().holdBeforeSend(Operation.TAG);
        Call<String> reader = start(a(), source().loader());
        registering.awaitArrival();
        awaitAnswered(a(), Operation.ACQUIRE, 1);
        write();
        assertThat(source().loads()).as("the load waits for its registration").isZero();
        registering.open();
        assertThat(reader.result()).isEqualTo("v2");
        assertBothRead("v2");
    }

    @Test
    void race20_indexIsReadBetweenRegistrationAndLoad_theLoadBeginsAfterTheCommit() throws Throwable {
        Gate registered = a().gates().holdReply(Operation.TAG);
        Call<String> reader = start(a(), source().loader());
        registered.awaitArrival();
        awaitAnswered(a(), Operation.ACQUIRE, 1);
        write();
        assertThat(source().loads()).as("the load waits for its registration").isZero();
        registered.open();
        assertThat(reader.result()).isEqualTo("v2");
        assertBothRead("v2");
    }

    @Test
    void race20_indexIsReadBeforeTheLease_theLoadBeginsAfterTheCommitAndItsFillCounts() throws Throwable {
        Gate acquiring = a().gates().holdBeforeSend(Operation.ACQUIRE);
        Call<String> reader = start(a(), source().loader());
        acquiring.awaitArrival();
        awaitAnswered(a(), Operation.TAG, 1);
        write();
        acquiring.open();
        assertThat(reader.result()).isEqualTo("v2");
        awaitAnswered(a(), Operation.FILL, 1);
        assertBothRead("v2");
        assertThat(source().loads()).isEqualTo(1);
    }

    @Test
    void race20_removalBetweenLoadAndFill_voidsTheFill() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<String> reader = start(a(), source().heldAt(loaded));
        loaded.awaitArrival();
        write();
        loaded.open();
        assertThat(reader.result()).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        assertBothRead("v2");
    }

    @Test
    void race20_removalWhileFillIsUnderWay_voidsIt() throws Throwable {
        Gate filling = a().gates().holdBeforeSend(Operation.FILL);
        assertThat(read(a())).isEqualTo("v1");
        filling.awaitArrival();
        write();
        filling.open();
        awaitAnswered(a(), Operation.FILL, 1);
        assertBothRead("v2");
    }

    @Test
    void race20_removalAfterFillHasStored_removesTheValue() throws Throwable {
        Gate filled = a().gates().holdReply(Operation.FILL);
        assertThat(read(a())).isEqualTo("v1");
        filled.awaitArrival();
        write();
        assertBothRead("v2");
        filled.open();
    }

    @Test
    void race20_secondRemoval_findsALoadThatRegisteredBeforeTheFirst() throws Throwable {
        Gate acquiring = a().gates().holdBeforeSend(Operation.ACQUIRE);
        Gate loaded = new Gate("row read");
        Call<String> reader = start(a(), source().heldAt(loaded));
        acquiring.awaitArrival();
        awaitAnswered(a(), Operation.TAG, 1);
        write();
        acquiring.open();
        loaded.awaitArrival();
        write();
        loaded.open();
        assertThat(reader.result()).isEqualTo("v2");
        awaitAnswered(a(), Operation.FILL, 1);
        assertBothRead("v3");
    }

    @Test
    void race20_registrationThatIsLost_storesNothing() throws Throwable {
        a().gates().loseRequest(Operation.TAG);
        assertThat(read(a())).isEqualTo("v1");
        awaitAnswered(a(), Operation.RELEASE, 1);
        write();
        assertBothRead("v2");
        assertThat(a().gates().answered(Operation.FILL) + b().gates().answered(Operation.FILL))
                .as("only what was registered was sent")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void race20_tagWithoutText_storesNothing() throws Throwable {
        assertThat(a().read(key(), source().loader(), under(null))).isEqualTo("v1");
        awaitAnswered(a(), Operation.RELEASE, 1);
        assertThat(a().gates().answered(Operation.FILL)).isZero();
        assertThat(a().gates().answered(Operation.TAG)).isZero();
    }

    @Test
    void race20_evictedIndex_leavesWhatWasRegisteredInItUntilItsEnd() throws Throwable {
        a().gates().forgetTags(true);
        assertThat(read(a())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        a().gates().forgetTags(false);
        write();
        assertThat(read(b())).as("nobody can know of it any more").isEqualTo("v1");
        b().invalidate(key());
        assertBothRead("v2");
        awaitAnswered(a(), Operation.FILL, 2);
        write();
        assertBothRead("v3");
    }

    @Test
    void race20_elementsOfABatch_areRegisteredEachUnderItsTag() throws Throwable {
        String other = key() + "-other";
        Gate loaded = new Gate("rows read");
        Call<List<@Nullable String>> batch = a().startAll(List.of(key(), other), batch(loaded));
        loaded.awaitArrival();
        write();
        loaded.open();
        assertThat(batch.result()).containsExactly("v1", "v1");
        awaitAnswered(a(), Operation.FILL, 2);
        assertThat(read(a())).isEqualTo("v2");
        assertThat(b().read(other, source().loader())).as("of another tag").isEqualTo("v1");
        assertThat(a().gates().answered(Operation.TAG))
                .as("one registration a batch")
                .isEqualTo(2);
    }

    private BatchLoader batch(Gate loaded) {
        return new BatchLoader() {
            @Override
            public @Nullable Object[] load(int[] positions) throws Throwable {
                @Nullable Object[] rows = new @Nullable Object[positions.length];
                Arrays.fill(rows, source().heldAt(loaded).load());
                return rows;
            }

            @Override
            public FillTerms terms(int position) {
                return position == 0 ? tagged() : under(List.of(tag() + "-other"));
            }
        };
    }

    @Test
    void race20_batchWhoseRegistrationIsLost_storesNothing() throws Throwable {
        a().gates().loseRequest(Operation.TAG);
        Gate open = new Gate("open");
        open.open();
        assertThat(a().readAll(List.of(key()), batch(open))).containsExactly("v1");
        awaitAnswered(a(), Operation.RELEASE, 1);
        assertThat(a().gates().answered(Operation.FILL)).isZero();
    }

    @Test
    void race20_loadInTheBackground_isRegisteredAnewAndVoided() throws Throwable {
        Duration ttl = Duration.ofMinutes(1);
        TestJvm early = jvm(CacheSettings.builder()
                .ttl(ttl)
                .refreshAhead(new RefreshWindow(0, ttl.minusMillis(1)))
                .build()
                .orElse(TestJvm.settings()));
        assertThat(read(early)).isEqualTo("v1");
        awaitAnswered(early, Operation.FILL, 1);
        long filled = System.currentTimeMillis();
        await("the window has begun", () -> System.currentTimeMillis() > filled + 1);
        Gate loaded = new Gate("old row read in the background");
        assertThat(read(early, source().heldAt(loaded))).isEqualTo("v1");
        loaded.awaitArrival();
        write();
        loaded.open();
        await("the end of the refresh", () -> early.refreshes(RefreshState.VOIDED) == 1);
        assertThat(early.gates().answered(Operation.TAG)).isEqualTo(2);
        assertThat(read(early)).isEqualTo("v2");
    }

    // ---- removals that are not acknowledged, or undone

    /** A has stored v1. */
    private void storeV1() throws Throwable {
        assertThat(read(a())).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
    }

    @Test
    void removalThatIsNotAcknowledged_isBypassedHereAndRepeated() throws Throwable {
        storeV1();
        b().gates().loseRequest(Operation.REMOVE_TAGGED);
        Gate repetition = b().gates().holdBeforeSend(Operation.REMOVE_TAGGED);
        write();
        assertThat(read(b())).isEqualTo("v2");
        assertThat(read(a())).as("nobody has told Redis").isEqualTo("v1");
        repetition.awaitArrival();
        repetition.open();
        awaitAnswered(b(), Operation.REMOVE_TAGGED, 2);
        assertBothRead("v2");
    }

    @Test
    void moreRemovalsThanAreKept_areRepeatedAsOneOfAllKeys() throws Throwable {
        storeV1();
        source().commit();
        List<String> tags = IntStream.rangeClosed(0, 1_000)
                .mapToObj(i -> i == 0 ? tag() : tag() + i)
                .toList();
        tags.forEach(tag -> b().gates().loseRequest(Operation.REMOVE_TAGGED));
        Gate repetition = b().gates().holdBeforeSend(Operation.REMOVE_ALL);
        b().invalidateTags(tags);
        assertThat(read(b())).isEqualTo("v2");
        assertThat(read(a())).as("nobody has told Redis").isEqualTo("v1");
        repetition.awaitArrival();
        repetition.open();
        awaitAnswered(b(), Operation.REMOVE_ALL, 1);
        assertThat(b().gates().answered(Operation.REMOVE_TAGGED)).isEqualTo(tags.size());
        assertBothRead("v2");
    }

    @Test
    void removalThatAFailoverUndoes_isRepeated() throws Throwable {
        storeV1();
        byte[] old = Objects.requireNonNull(stored());
        write();
        b().gates().revive(key(), old);
        Gate repetition = b().gates().holdBeforeSend(Operation.REMOVE_TAGGED);
        b().gates().failOver(any -> true);
        assertThat(read(b())).isEqualTo("v2");
        repetition.awaitArrival();
        repetition.open();
        awaitAnswered(b(), Operation.REMOVE_TAGGED, 2);
        assertBothRead("v2");
    }

    @Test
    void masterThatChangesDuringALoad_getsNothingThatMayNotBeRegisteredThere() throws Throwable {
        Gate loaded = new Gate("row read");
        Call<String> reader = start(a(), source().heldAt(loaded));
        loaded.awaitArrival();
        a().gates().failOver(any -> true);
        loaded.open();
        assertThat(reader.result()).isEqualTo("v1");
        awaitAnswered(a(), Operation.RELEASE, 1);
        assertThat(a().gates().answered(Operation.FILL)).isZero();
    }

    @Test
    void masterThatTakesOverBeforeAFillIsAnswered_keepsNothingThatMayNotBeRegisteredThere() throws Throwable {
        Gate stored = a().gates().holdReply(Operation.FILL);
        assertThat(read(a())).isEqualTo("v1");
        stored.awaitArrival();
        a().gates().failOver(any -> true);
        stored.open();
        awaitAnswered(a(), Operation.INVALIDATE, 1);
        assertThat(stored()).isNull();
    }

    // ---- transactions

    @Test
    void ownReadsOfItsTransaction_bypassTheCachesThatHaveTags() throws Throwable {
        storeV1();
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        transactions.begin(true);
        writer.invalidateTag(tag());
        assertThat(read(writer, () -> "uncommitted")).isEqualTo("uncommitted");
        assertThat(read(b())).as("not committed yet").isEqualTo("v1");
        source().commit();
        transactions.complete(Completion.COMMITTED);
        assertBothRead("v2");
    }

    @Test
    void rollback_removesNothing() throws Throwable {
        storeV1();
        ManualTransactions transactions = new ManualTransactions();
        TestJvm writer = jvm(transactions);
        transactions.begin(false);
        writer.invalidateTag(tag());
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(writer.gates().answered(Operation.REMOVE_TAGGED)).isZero();
        assertThat(read(b())).isEqualTo("v1");
    }
}
