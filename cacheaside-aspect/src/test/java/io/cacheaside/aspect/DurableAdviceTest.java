package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.plan.Plan;
import io.cacheaside.aspect.plan.Plans;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.error.OutboxException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.JavaSerializationCodec;
import io.cacheaside.test.ManualTransactions;
import io.cacheaside.test.Slots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the advice of a durable write lets the method run, what it notes, and what it tells the outbox afterwards. */
class DurableAdviceTest {

    private final GatedSlots gates = new GatedSlots(Slots.of(new MemorySlots(Ticker.system())));
    private final ManualTransactions transactions = new ManualTransactions();
    private final ListOutbox outbox = new ListOutbox();
    private final CacheAsideClient client =
            builder().transactions(transactions).outbox(outbox).build();
    private final AtomicInteger runs = new AtomicInteger();

    private CacheAsideClientBuilder builder() {
        return CacheAsideClient.builder()
                .namespace("shop")
                .store(gates.slots().store())
                .leases(gates.slots().leases())
                .codec(new JavaSerializationCodec());
    }

    static class Methods {

        @Invalidate(key = "user:#id", durable = true)
        void write(long id) {}

        @Invalidate(key = "user:#result", durable = true)
        long create() {
            return 1;
        }

        @Invalidate(key = "order:#id")
        void plain(long id) {}
    }

    @Test
    void outsideATransaction_theMethodDoesNotRun() {
        assertThatThrownBy(() -> invoke(client, "write"))
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining(Methods.class.getName() + ".write(long)")
                .hasMessageContaining("@Transactional");
        assertThatThrownBy(() -> invoke(client, "create")).isInstanceOf(OutboxException.class);
        assertThat(runs).hasValue(0);
    }

    @Test
    void outboxThatIsNotReady_stopsTheMethod() {
        outbox.refusal = new OutboxException("no table");
        transactions.begin();
        assertThatThrownBy(() -> invoke(client, "write")).isSameAs(outbox.refusal);
        assertThat(runs).hasValue(0);
    }

    @Test
    void keysOfArgumentsAndResult_areNotedTogetherBeforeTheCommit_andReportedAfterIt() throws Throwable {
        transactions.begin();
        invoke(client, "write");
        invoke(client, "create");
        assertThat(outbox.noted).isEmpty();
        transactions.complete(Completion.COMMITTED);
        assertThat(outbox.noted).containsExactly(List.of("shop:user:7", "shop:user:1"));
        assertThat(outbox.told).containsExactly("delivered");
    }

    @Test
    void invalidationWithoutAnswer_isReportedAsUndelivered() throws Throwable {
        transactions.begin();
        invoke(client, "write");
        gates.loseReply(Operation.INVALIDATE);
        transactions.complete(Completion.COMMITTED);
        assertThat(outbox.told).containsExactly("undelivered");
    }

    @Test
    void rollback_notesAndReportsNothing() throws Throwable {
        transactions.begin();
        invoke(client, "write");
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(outbox.noted).isEmpty();
        assertThat(outbox.told).isEmpty();
    }

    @Test
    void methodThatThrows_isNotedToo_becauseItsTransactionMayCommit() throws Throwable {
        transactions.begin();
        IOException failure = new IOException("down");
        assertThatThrownBy(() -> new CacheAsideAdvice(client).invoke(plan(client, "write"), new Object[] {7L}, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        transactions.complete(Completion.COMMITTED);
        assertThat(outbox.noted).containsExactly(List.of("shop:user:7"));
    }

    @Test
    void keyThatTurnsUpDuringTheCommitAndCannotBeNoted_reachesTheCaller() throws Throwable {
        transactions.begin();
        invoke(client, "write");
        transactions.prepare();
        outbox.failure = new OutboxException("disk full");
        assertThatThrownBy(() -> invoke(client, "create")).isSameAs(outbox.failure);
    }

    @Test
    void cacheThatIsConfiguredDurable_needsNoWordInTheAnnotation() throws Throwable {
        CacheSettings durable = CacheSettings.builder().durable(true).build();
        CacheAsideClient configured = builder()
                .transactions(transactions)
                .outbox(outbox)
                .cache("order", durable)
                .build();
        assertThatThrownBy(() -> invoke(configured, "plain")).isInstanceOf(OutboxException.class);
        assertThatThrownBy(() -> configured.invalidate("order", List.of("shop:order:1")))
                .isInstanceOf(OutboxException.class);
        transactions.begin();
        invoke(configured, "plain");
        configured.invalidate("order", List.of("shop:order:1"));
        transactions.complete(Completion.COMMITTED);
        assertThat(outbox.noted).containsExactly(List.of("shop:order:7", "shop:order:1"));
        invoke(client, "plain");
    }

    @Test
    void durableWithoutOutboxOrTransactions_isRefusedAtStart() {
        assertThatThrownBy(() -> check(builder().transactions(transactions).build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("write(long) @Invalidate durable")
                .hasMessageContaining("cacheaside-jdbc");
        assertThatThrownBy(() -> check(builder().outbox(outbox).build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TransactionBoundary");
        CacheSettings durable = CacheSettings.builder().durable(true).build();
        assertThatThrownBy(() -> builder().cache("order", durable).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cache 'order': durable = true needs an outbox");
        check(client);
    }

    private static void check(CacheAsideClient client) {
        new Plans(client).check(AnnotatedMethods.of(Methods.class), method -> Optional.empty());
    }

    private void invoke(CacheAsideClient client, String method) throws Throwable {
        new CacheAsideAdvice(client).invoke(plan(client, method), new Object[] {7L}, () -> {
            runs.incrementAndGet();
            return method.equals("create") ? 1L : null;
        });
    }

    private static Plan plan(CacheAsideClient client, String name) {
        AnnotatedMethod method = AnnotatedMethods.of(Methods.class).stream()
                .filter(candidate -> candidate.method().getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new Plans(client).of(method);
    }

    /** Notes in lists. */
    private static final class ListOutbox implements Outbox {

        private final List<List<String>> noted = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private OutboxException refusal;
        private OutboxException failure;

        @Override
        public void ready() {
            if (refusal != null) {
                throw refusal;
            }
        }

        @Override
        public Receipt note(Collection<Note> notes) {
            if (failure != null) {
                throw failure;
            }
            noted.add(notes.stream().map(Note::key).toList());
            return new Receipt() {
                @Override
                public void delivered() {
                    told.add("delivered");
                }

                @Override
                public void undelivered() {
                    told.add("undelivered");
                }
            };
        }
    }
}
