package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.StrictWriteException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Body;
import io.cacheaside.test.TestJvm.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a strict write does before and after its method or its transaction. One JVM on in-memory slots. */
class StrictWriteTest {

    private static final InvalidationPolicy STRICT = new InvalidationPolicy(true, Duration.ZERO, false);
    private static final InvalidationPolicy SETTLING = new InvalidationPolicy(false, Duration.ofSeconds(2), false);
    private static final String KEY = TestJvm.key("k");
    private static final String OTHER = TestJvm.key("other");

    private final StepTicker ticker = new StepTicker();
    private final MemorySlots memory = new MemorySlots(ticker);
    private final CountingListener events = new CountingListener();
    private final ManualTransactions transactions = new ManualTransactions();
    private final VersionedSource source = new VersionedSource();
    private final TestJvm jvm =
            new TestJvm(Slots.of(memory), TestJvm.settings(), events, transactions, Duration.ofSeconds(30));
    private final Body<Void> commit = () -> {
        source.commit();
        return null;
    };

    @AfterEach
    void close() {
        jvm.close();
    }

    @Test
    void keyIsMarked_fromBeforeTheMethodToAfterIt() throws Throwable {
        jvm.read(KEY, source.loader());
        jvm.write(KEY, STRICT, () -> {
            assertThat(memory.store().get(KEY).join()).isNull();
            assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
            assertThat(memory.store().get(KEY).join()).as("nothing is stored").isNull();
            return commit.run();
        });
        assertThat(events.count("marked")).isEqualTo(1);
        assertThat(events.count("bypass MARK")).isEqualTo(1);
        assertStoredAgain("v2");
    }

    @Test
    void plainWrite_marksNothing() throws Throwable {
        jvm.write(KEY, InvalidationPolicy.PLAIN, commit);
        assertThat(jvm.gates().answered(Operation.MARK)).isZero();
        assertThat(jvm.gates().answered(Operation.INVALIDATE)).isEqualTo(1);
    }

    @Test
    void strictWrite_isOneMarkAndOneInvalidation() throws Throwable {
        jvm.write(KEY, STRICT, commit);
        assertThat(jvm.gates().answered(Operation.MARK)).isEqualTo(1);
        assertThat(jvm.gates().answered(Operation.INVALIDATE)).isEqualTo(1);
    }

    @Test
    void methodThatThrows_dropsTheMarkToo() throws Throwable {
        IOException failure = new IOException("down");
        assertThatThrownBy(() -> jvm.write(KEY, STRICT, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertStoredAgain("v1");
    }

    @Test
    void unansweredMark_stopsTheWriteBeforeTheMethod() throws Throwable {
        AtomicBoolean ran = new AtomicBoolean();
        jvm.gates().loseRequest(Operation.MARK);
        assertThatThrownBy(() -> jvm.write(KEY, STRICT, () -> {
                    ran.set(true);
                    return null;
                }))
                .isInstanceOf(StrictWriteException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("stopped before it happened")
                .hasMessageContaining("strict = false")
                .hasMessageContaining("durable = true")
                .hasMessageContaining("request lost by the test");
        assertThat(ran).isFalse();
        assertThat(events.count("mark failed")).isEqualTo(1);
        assertThat(events.count("marked")).isZero();
    }

    @Test
    void markWhoseReplyIsLost_isDropped() throws Throwable {
        jvm.gates().loseReply(Operation.MARK);
        assertThatThrownBy(() -> jvm.write(KEY, STRICT, commit)).isInstanceOf(StrictWriteException.class);
        assertStoredAgain("v1");
    }

    @Test
    void interruptedWriter_stillMarks() throws Throwable {
        Gate reply = jvm.gates().holdReply(Operation.MARK);
        Call<@Nullable Void> write = new Call<>(() -> {
            Thread.currentThread().interrupt();
            jvm.write(KEY, STRICT, commit);
            assertThat(Thread.interrupted()).isTrue();
            return null;
        });
        write.awaitParkedIn(CompletableFuture.class, "get");
        reply.open();
        write.result();
        assertThat(source.current()).isEqualTo("v2");
    }

    @Test
    void transaction_marksAllItsStrictKeysOnceBeforeTheCommit() throws Throwable {
        transactions.begin();
        jvm.write(KEY, STRICT, commit);
        jvm.write(OTHER, STRICT, commit);
        jvm.write(KEY, STRICT, commit);
        jvm.write(TestJvm.key("plain"), InvalidationPolicy.PLAIN, commit);
        assertThat(jvm.gates().answered(Operation.MARK)).isZero();
        transactions.prepare();
        assertThat(jvm.gates().answered(Operation.MARK)).isEqualTo(1);
        assertThat(events.count("marked")).isEqualTo(2);
        transactions.complete(Completion.COMMITTED);
        assertThat(jvm.gates().answered(Operation.MARK)).isEqualTo(1);
        assertThat(jvm.gates().answered(Operation.INVALIDATE)).isEqualTo(1);
        assertStoredAgain("v5");
    }

    @Test
    void unansweredMarkOfATransaction_stopsTheCommit() throws Throwable {
        transactions.begin();
        jvm.write(KEY, STRICT, commit);
        jvm.gates().loseReply(Operation.MARK);
        assertThatThrownBy(() -> transactions.complete(Completion.COMMITTED)).isInstanceOf(StrictWriteException.class);
        transactions.complete(Completion.ROLLED_BACK);
        assertStoredAgain("v2");
    }

    @Test
    void rollbackAfterTheMark_dropsIt() throws Throwable {
        jvm.read(OTHER, source.loader());
        transactions.begin();
        jvm.write(KEY, STRICT, commit);
        jvm.write(OTHER, InvalidationPolicy.PLAIN, commit);
        transactions.prepare();
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(memory.store().get(OTHER).join())
                .as("a plain key is not invalidated")
                .isNotNull();
        assertStoredAgain("v3");
    }

    @Test
    void unknownOutcome_invalidatesAndDropsTheMark() throws Throwable {
        transactions.begin();
        jvm.write(KEY, STRICT, commit);
        transactions.complete(Completion.UNKNOWN);
        assertStoredAgain("v2");
    }

    @Test
    void writeThatBeginsDuringTheCommit_isMarkedBeforeItsMethod() throws Throwable {
        transactions.begin();
        jvm.write(KEY, STRICT, commit);
        transactions.prepare();
        jvm.write(OTHER, STRICT, () -> {
            assertThat(jvm.gates().answered(Operation.MARK)).isEqualTo(2);
            return commit.run();
        });
        jvm.gates().loseRequest(Operation.MARK);
        assertThatThrownBy(() -> jvm.write(TestJvm.key("third"), STRICT, commit))
                .isInstanceOf(StrictWriteException.class);
        transactions.complete(Completion.COMMITTED);
        assertStoredAgain("v3");
    }

    @Test
    void methodThatBeginsATransaction_leavesTheMarkToIt() throws Throwable {
        jvm.write(KEY, STRICT, () -> {
            transactions.begin();
            return null;
        });
        jvm.read(KEY, source.loader());
        source.commit();
        transactions.complete(Completion.COMMITTED);
        assertThat(jvm.gates().answered(Operation.MARK)).isEqualTo(2);
        assertStoredAgain("v2");
    }

    @Test
    void settle_storesNothingUntilItIsOver() throws Throwable {
        jvm.write(KEY, SETTLING, commit);
        assertThat(jvm.gates().answered(Operation.MARK)).isZero();
        jvm.read(KEY, source.loader());
        assertThat(memory.store().get(KEY).join()).isNull();
        ticker.step(Duration.ofSeconds(2));
        assertStoredAgain("v2");
    }

    @Test
    void settleOfATransaction_isTheLongestOfItsWrites() throws Throwable {
        transactions.begin();
        jvm.write(KEY, SETTLING, commit);
        jvm.write(KEY, InvalidationPolicy.PLAIN, commit);
        transactions.complete(Completion.COMMITTED);
        jvm.read(KEY, source.loader());
        assertThat(memory.store().get(KEY).join()).isNull();
        ticker.step(Duration.ofSeconds(2));
        assertStoredAgain("v3");
    }

    /** The key is not marked any more: what is loaded is stored. */
    private void assertStoredAgain(String expected) throws Throwable {
        int loads = source.loads();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo(expected);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo(expected);
        assertThat(source.loads() - loads).as("loads for two reads").isEqualTo(1);
    }
}
