package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Body;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long the mark of a strict write stands. One JVM on in-memory slots, whose clock the test steps. */
class MarkLifeTest {

    private static final InvalidationPolicy STRICT = new InvalidationPolicy(true, Duration.ZERO, false);
    private static final String KEY = TestJvm.key("k");
    private static final Duration SHORT_MARK = Duration.ofMillis(150);

    private final StepTicker ticker = new StepTicker();
    private final MemorySlots memory = new MemorySlots(ticker);
    private final CountingListener events = new CountingListener();
    private final ManualTransactions transactions = new ManualTransactions();
    private final VersionedSource source = new VersionedSource();
    private final TestJvm jvm = new TestJvm(Slots.of(memory), TestJvm.settings(), events, transactions, SHORT_MARK);
    private final Body<Void> commit = () -> {
        source.commit();
        return null;
    };

    @AfterEach
    void close() {
        jvm.close();
    }

    @Test
    void longMethod_isMarkedForAsLongAsItTakes() throws Throwable {
        Gate writing = new Gate("writing");
        Call<@Nullable Void> write = jvm.startWrite(KEY, STRICT, () -> {
            writing.pass();
            return commit.run();
        });
        writing.awaitArrival();
        for (int i = 0; i < 4; i++) {
            ticker.step(SHORT_MARK.dividedBy(2));
            awaitBeat();
        }
        jvm.read(KEY, source.loader());
        assertThat(memory.store().get(KEY).join()).as("still marked").isNull();
        writing.open();
        write.result();
        assertStoredAgain("v2");
    }

    @Test
    void markThatWasLost_isSetAgainByTheNextBeat() throws Throwable {
        Gate writing = new Gate("writing");
        Call<@Nullable Void> write = jvm.startWrite(KEY, STRICT, () -> {
            writing.pass();
            return null;
        });
        writing.awaitArrival();
        ticker.step(SHORT_MARK);
        awaitBeat();
        jvm.read(KEY, source.loader());
        assertThat(memory.store().get(KEY).join()).as("marked again").isNull();
        writing.open();
        write.result();
    }

    @Test
    void beatThatExecutesAfterTheWrite_isDroppedAgain() throws Throwable {
        Gate writing = new Gate("writing");
        Call<@Nullable Void> write = jvm.startWrite(KEY, STRICT, () -> {
            writing.pass();
            return commit.run();
        });
        writing.awaitArrival();
        Gate late = jvm.gates().holdBeforeSend(Operation.MARK);
        late.awaitArrival();
        writing.open();
        write.result();
        late.open();
        await("another removal", () -> jvm.gates().answered(Operation.INVALIDATE) >= 2);
        assertStoredAgain("v2");
    }

    @Test
    void commitThatHangs_isMarkedForAsLongAsItTakes() throws Throwable {
        transactions.begin();
        jvm.write(KEY, STRICT, commit);
        transactions.prepare();
        for (int i = 0; i < 4; i++) {
            ticker.step(SHORT_MARK.dividedBy(2));
            awaitBeat();
        }
        jvm.start(KEY, source.loader()).result();
        assertThat(memory.store().get(KEY).join()).as("still marked").isNull();
        transactions.complete(Completion.COMMITTED);
        assertStoredAgain("v2");
    }

    @Test
    void unconfirmedInvalidation_keepsTheTokenForItsRetry() throws Throwable {
        jvm.gates().loseRequest(Operation.INVALIDATE);
        Gate retry = jvm.gates().holdBeforeSend(Operation.INVALIDATE);
        jvm.write(KEY, STRICT, commit);
        retry.awaitArrival();
        retry.open();
        await("the acknowledgement", () -> events.count("invalidated") == 1);
        assertStoredAgain("v2");
    }

    @Test
    void laterUnconfirmedPlainWrite_doesNotLoseTheMarkOfTheFirst() throws Throwable {
        jvm.gates().loseRequest(Operation.INVALIDATE);
        jvm.gates().loseRequest(Operation.INVALIDATE);
        jvm.write(KEY, STRICT, commit);
        jvm.invalidate(KEY);
        await("the acknowledgement", () -> events.count("invalidated") >= 1);
        assertStoredAgain("v2");
    }

    /** The key is not marked any more: what is loaded is stored. */
    private void assertStoredAgain(String expected) throws Throwable {
        int loads = source.loads();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo(expected);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo(expected);
        assertThat(source.loads() - loads).as("loads for two reads").isEqualTo(1);
    }

    /** Waits for a prolongation that was sent after this call; the first that is answered may have been sent before. */
    private void awaitBeat() {
        int beats = jvm.gates().answered(Operation.MARK);
        await("a prolongation", () -> jvm.gates().answered(Operation.MARK) > beats + 1);
    }
}
