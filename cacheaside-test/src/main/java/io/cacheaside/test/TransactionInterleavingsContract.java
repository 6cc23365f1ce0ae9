package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.Loader;
import io.cacheaside.engine.Write;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The races of the protocol with transactions: a reader that sees a snapshot or its own uncommitted row, a writer that
 * rolls back, whose outcome nobody knows, that suspends another or rolls back to a savepoint. As in
 * {@link InterleavingsContract}, a read that began after a write's transaction had completed must see that write.
 */
public abstract class TransactionInterleavingsContract {

    private static final String UNCOMMITTED = "uncommitted";

    private final Map<TestJvm, ManualTransactions> jvms = new ConcurrentHashMap<>();
    private final VersionedSource source = new VersionedSource();
    private final String key = TestJvm.key(UUID.randomUUID().toString());
    private final List<TestJvm> cast = new ArrayList<>();

    /** One more JVM's view of the slots that all views share. */
    protected abstract Slots connect();

    @AfterEach
    void stop() {
        cast.forEach(TestJvm::close);
    }

    // ---- 16: what the reader's transaction sees

    @Test
    void race16_snapshotOlderThanAWrite_isNotStored() throws Throwable {
        begin(a(), false);
        Loader snapshot = snapshot();
        write(b());
        assertThat(a().read(key, snapshot)).as("its own snapshot").isEqualTo("v1");
        complete(a(), Completion.COMMITTED);
        assertFresh("v2");
    }

    @Test
    void race16_snapshotReader_isJoinedByNobody() throws Throwable {
        begin(a(), false);
        Loader snapshot = snapshot();
        write(b());
        Gate late = new Gate("outside, after the write");
        Call<@Nullable String> outside = TestJvm.start(() -> {
            late.pass();
            return a().read(key, source.loader());
        });
        String inside = a().read(key, () -> {
            late.open();
            assertThat(outside.result()).as("did not wait for the snapshot").isEqualTo("v2");
            return snapshot.load();
        });
        assertThat(inside).isEqualTo("v1");
        complete(a(), Completion.COMMITTED);
        assertFresh("v2");
    }

    @Test
    void race16_transactionalReader_joinsNoLoadThatBeganBeforeIt() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> leader = a().start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        begin(a(), false);
        assertThat(a().read(key, () -> UNCOMMITTED)).isEqualTo(UNCOMMITTED);
        complete(a(), Completion.ROLLED_BACK);
        loaded.open();
        assertThat(leader.result()).isEqualTo("v1");
        assertFresh("v1");
    }

    @Test
    void race16_ownUncommittedRowOfAKeyThatNobodyAnnounced_isNotStored() throws Throwable {
        begin(a(), false);
        assertThat(a().read(key, () -> UNCOMMITTED)).isEqualTo(UNCOMMITTED);
        complete(a(), Completion.ROLLED_BACK);
        assertFresh("v1");
    }

    @Test
    void race16_ownUncommittedRow_isReadByItsTransactionAndStoredByNobody() throws Throwable {
        fill(b());
        begin(a(), false);
        Write write = a().beginWrite(key);
        assertThat(a().read(key, () -> UNCOMMITTED)).as("not the stored one").isEqualTo(UNCOMMITTED);
        assertThat(b().read(key, source.loader())).isEqualTo("v1");
        a().finish(write, key);
        source.commit();
        complete(a(), Completion.COMMITTED);
        assertFresh("v2");
    }

    @Test
    void race16_readerThatSeesTheNewestCommits_fillsAndIsVoidedLikeAnyOther() throws Throwable {
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> reader = TestJvm.start(() -> {
            begin(a(), true);
            String read = a().read(key, source.heldAt(loaded));
            complete(a(), Completion.COMMITTED);
            return read;
        });
        loaded.awaitArrival();
        write(b());
        loaded.open();
        assertThat(reader.result()).isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        assertFresh("v2");
        begin(a(), true);
        assertThat(a().read(key, source.loader())).isEqualTo("v2");
        assertThat(source.loads()).as("the new row was stored").isEqualTo(2);
    }

    // ---- 17: how the writer's transaction ends

    @Test
    void race17_rollback_leavesTheEntry() throws Throwable {
        fill(b());
        begin(a(), false);
        a().invalidate(key);
        complete(a(), Completion.ROLLED_BACK);
        assertFresh("v1");
        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void race17_unknownOutcome_removesTheEntry() throws Throwable {
        fill(b());
        begin(a(), false);
        a().invalidate(key);
        source.commit();
        complete(a(), Completion.UNKNOWN);
        assertFresh("v2");
    }

    @Test
    void race17_loadBeforeTheCommitAndFillAfterIt_isGoneWhenTheTransactionHasCompleted() throws Throwable {
        begin(a(), false);
        a().invalidate(key);
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> reader = b().start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        source.commit();
        loaded.open();
        assertThat(reader.result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        complete(a(), Completion.COMMITTED);
        assertFresh("v2");
    }

    @Test
    void race17_loadBeforeTheCommitAndFillAfterTheCompletion_isVoid() throws Throwable {
        begin(a(), false);
        a().invalidate(key);
        Gate loaded = new Gate("old row read");
        Call<@Nullable String> reader = b().start(key, source.heldAt(loaded));
        loaded.awaitArrival();
        source.commit();
        complete(a(), Completion.COMMITTED);
        loaded.open();
        assertThat(reader.result()).isEqualTo("v1");
        awaitAnswered(b(), Operation.FILL, 1);
        assertFresh("v2");
    }

    @Test
    void race17_readInATransactionThatSuspendsTheWriter_mayStoreUntilTheWriterCompletes() throws Throwable {
        begin(a(), false);
        Write write = a().beginWrite(key);
        begin(a(), true);
        assertThat(a().read(key, source.loader())).as("the old committed row").isEqualTo("v1");
        awaitAnswered(a(), Operation.FILL, 1);
        complete(a(), Completion.COMMITTED);
        assertThat(a().read(key, () -> UNCOMMITTED)).as("pending again").isEqualTo(UNCOMMITTED);
        a().finish(write, key);
        source.commit();
        complete(a(), Completion.COMMITTED);
        assertFresh("v2");
    }

    @Test
    void race17_innerTransaction_removesAtItsOwnEnd() throws Throwable {
        fill(b());
        begin(a(), false);
        begin(a(), false);
        a().invalidate(key);
        source.commit();
        complete(a(), Completion.COMMITTED);
        assertFresh("v2");
        complete(a(), Completion.ROLLED_BACK);
        assertFresh("v2");
    }

    @Test
    void race17_rollbackToASavepoint_onlyCostsALoad() throws Throwable {
        fill(b());
        begin(a(), false);
        a().finish(a().beginWrite(key), key);
        // back to the savepoint: the row is the old one again, and the transaction goes on
        assertThat(a().read(key, source.loader())).isEqualTo("v1");
        complete(a(), Completion.COMMITTED);
        assertFresh("v1");
    }

    // ---- the cast

    private TestJvm a() {
        return jvm(0);
    }

    private TestJvm b() {
        return jvm(1);
    }

    private synchronized TestJvm jvm(int index) {
        while (cast.size() <= index) {
            ManualTransactions transactions = new ManualTransactions();
            TestJvm jvm = new TestJvm(connect(), TestJvm.settings(), CacheListener.none(), transactions);
            jvms.put(jvm, transactions);
            cast.add(jvm);
        }
        return cast.get(index);
    }

    private void begin(TestJvm jvm, boolean latestCommitsOnly) {
        transactions(jvm).begin(latestCommitsOnly);
    }

    private void complete(TestJvm jvm, Completion completion) {
        transactions(jvm).complete(completion);
    }

    private ManualTransactions transactions(TestJvm jvm) {
        ManualTransactions transactions = jvms.get(jvm);
        if (transactions == null) {
            throw new IllegalStateException("not of this race");
        }
        return transactions;
    }

    /** The row as it is now, whenever it is read. */
    private Loader snapshot() {
        String now = source.current();
        return () -> now;
    }

    private void write(TestJvm jvm) {
        source.commit();
        jvm.invalidate(key);
    }

    private void fill(TestJvm jvm) throws Throwable {
        jvm.read(key, source.loader());
        awaitAnswered(jvm, Operation.FILL, 1);
    }

    /** What threads without a transaction read. */
    private void assertFresh(String expected) throws Throwable {
        assertThat(a().start(key, source.loader()).result()).isEqualTo(expected);
        assertThat(b().start(key, source.loader()).result()).isEqualTo(expected);
    }

    private static void awaitAnswered(TestJvm jvm, Operation operation, int times) {
        await(operation + " answered " + times + " times", () -> jvm.gates().answered(operation) >= times);
    }
}
