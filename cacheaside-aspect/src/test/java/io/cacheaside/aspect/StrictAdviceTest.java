package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.plan.Plan;
import io.cacheaside.aspect.plan.Plans;
import io.cacheaside.engine.Loader;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.JavaSerializationCodec;
import io.cacheaside.test.ManualTransactions;
import io.cacheaside.test.Slots;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the advice of a strict write lets the method run, and what it never hides. */
class StrictAdviceTest {

    private final MemorySlots memory = new MemorySlots(Ticker.system());
    private final GatedSlots gates = new GatedSlots(Slots.of(memory));
    private final ManualTransactions transactions = new ManualTransactions();
    private final CacheAsideClient client = client(transactions);
    private final CacheAsideAdvice advice = new CacheAsideAdvice(client);
    private final AtomicInteger runs = new AtomicInteger();

    private CacheAsideClient client(TransactionBoundary boundary) {
        return CacheAsideClient.builder()
                .namespace("shop")
                .store(gates.slots().store())
                .leases(gates.slots().leases())
                .codec(new JavaSerializationCodec())
                .transactions(boundary)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    static class Methods {

        @Invalidate(key = "user:#id", strict = true)
        void write(long id) {}

        @Invalidate(key = "user:#id", strict = true, condition = "#id > 100")
        void conditional(long id) {}

        @Invalidate(key = "user:#id", strict = true, condition = "#result")
        boolean dependsOnItsResult(long id) {
            return false;
        }

        @Invalidate(key = "user:#result", strict = true)
        long create() {
            return 1;
        }

        @Invalidate(key = "user:#ids[0]", strict = true)
        void mutating(long[] ids) {}
    }

    @Test
    void strictWrite_marksBeforeTheMethodAndDropsAfterIt() throws Throwable {
        invoke("write", () -> {
            assertThat(isMarked(7)).isTrue();
            return null;
        });
        assertThat(isMarked(7)).isFalse();
    }

    @Test
    void failedMark_reachesTheCallerAndTheMethodDoesNotRun() {
        gates.loseRequest(Operation.MARK);
        assertThatThrownBy(() -> invoke("write", run())).isInstanceOf(StrictWriteException.class);
        assertThat(runs).hasValue(0);
        assertThat(isMarked(7)).isFalse();
    }

    @Test
    void failureAfterTheMethod_hidesNeitherResultNorException() throws Throwable {
        gates.loseRequest(Operation.INVALIDATE);
        assertThat(invoke("write", () -> "done")).isEqualTo("done");
        gates.loseRequest(Operation.INVALIDATE);
        IOException own = new IOException("the method's own");
        assertThatThrownBy(() -> invoke("write", () -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void conditionThatIsFalseOnEntry_marksNothing() throws Throwable {
        invoke("conditional", run());
        assertThat(gates.answered(Operation.MARK)).isZero();
        assertThat(runs).hasValue(1);
    }

    @Test
    void conditionOverTheResult_marksInAnyCaseAndDropsInAnyCase() throws Throwable {
        invoke("dependsOnItsResult", () -> {
            assertThat(isMarked(7)).isTrue();
            return false;
        });
        assertThat(isMarked(7)).isFalse();
    }

    @Test
    void keyOfAnArgumentThatChanges_isInvalidatedWithoutAMark() throws Throwable {
        long[] ids = {7};
        fill(8);
        advice.invoke(plan("mutating"), new Object[] {ids}, () -> {
            ids[0] = 8;
            assertThat(isMarked(7)).isTrue();
            assertThat(isStored(8)).isTrue();
            return null;
        });
        assertThat(isMarked(7)).isFalse();
        assertThat(isStored(8)).isFalse();
    }

    @Test
    void resultKeyOutsideATransaction_isRefusedBeforeTheMethod() {
        assertThatThrownBy(() -> advice.invoke(plan("create"), new Object[0], run()))
                .isInstanceOf(StrictWriteException.class)
                .hasMessageContaining(Methods.class.getName() + ".create()")
                .hasMessageContaining("needs a surrounding transaction")
                .hasMessageContaining("strict = false");
        assertThat(runs).hasValue(0);
    }

    @Test
    void resultKeyInATransaction_isMarkedBeforeItsCommit() throws Throwable {
        transactions.begin();
        advice.invoke(plan("create"), new Object[0], () -> 7L);
        assertThat(isMarked(7)).isFalse();
        transactions.prepare();
        assertThat(isMarked(7)).isTrue();
        transactions.complete(Completion.COMMITTED);
        assertThat(isMarked(7)).isFalse();
    }

    @Test
    void resultKeyWhereNobodyKnowsTransactions_isRefusedAtStart() {
        try (CacheAsideClient ignorant = client(TransactionBoundary.none())) {
            assertThatThrownBy(() -> plan(ignorant, "create"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(Methods.class.getName() + ".create() @Invalidate strict")
                    .hasMessageContaining("TransactionBoundary");
        }
    }

    private Loader run() {
        return () -> {
            runs.incrementAndGet();
            return null;
        };
    }

    private @Nullable Object invoke(String name, Loader method) throws Throwable {
        return advice.invoke(plan(name), new Object[] {7L}, method);
    }

    private Plan plan(String name) {
        return plan(client, name);
    }

    private static Plan plan(CacheAsideClient client, String name) {
        AnnotatedMethod method = AnnotatedMethods.of(Methods.class).stream()
                .filter(found -> found.method().getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new Plans(client).of(method);
    }

    private boolean isMarked(long id) {
        LeaseAttempt attempt = memory.leases()
                .acquire("shop:user:" + id, 1, Duration.ofSeconds(1), false)
                .join();
        memory.leases().release("shop:user:" + id, 1).join();
        return attempt instanceof LeaseAttempt.Marked;
    }

    private void fill(long id) {
        memory.leases()
                .acquire("shop:user:" + id, 1, Duration.ofSeconds(1), false)
                .join();
        memory.store()
                .fill("shop:user:" + id, 1, new byte[1], Duration.ofMinutes(1))
                .join();
    }

    private boolean isStored(long id) {
        return memory.store().get("shop:user:" + id).join() != null;
    }
}
