package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.Loader;
import io.cacheaside.engine.Write;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InsideTransaction;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller inside a transaction can rely on, beside freshness. One JVM on in-memory slots. */
class EngineTransactionTest {

    private static final String KEY = TestJvm.key("k");

    private final MemorySlots memory = new MemorySlots(Ticker.system());
    private final CountingListener events = new CountingListener();
    private final ManualTransactions transactions = new ManualTransactions();
    private final VersionedSource source = new VersionedSource();
    private TestJvm jvm = jvm(TestJvm.settings());

    private TestJvm jvm(CacheSettings settings) {
        return new TestJvm(Slots.of(memory), settings, events, transactions);
    }

    private void settings(CacheSettings settings) {
        jvm.close();
        jvm = jvm(settings.orElse(TestJvm.settings()));
    }

    @AfterEach
    void close() {
        jvm.close();
    }

    @Test
    void hitInsideATransaction_isAHit() throws Throwable {
        jvm.read(KEY, source.loader());
        transactions.begin();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(source.loads()).isEqualTo(1);
        assertThat(events.count("hit")).isEqualTo(1);
    }

    @Test
    void missInsideATransaction_runsTheMethodAlone() throws Throwable {
        transactions.begin();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(jvm.gates().answered(Operation.ACQUIRE)).isZero();
        assertThat(memory.store().get(KEY).join()).isNull();
        assertThat(events.count("miss")).isEqualTo(1);
        assertThat(events.count("bypass TRANSACTION")).isEqualTo(1);
        assertThat(events.count("load")).isEqualTo(1);
    }

    @Test
    void missInsideATransactionThatSeesLatestCommitsOnly_isStored() throws Throwable {
        transactions.begin(true);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(events.count("fill STORED")).isEqualTo(1);
    }

    private void newReadTransactions() {
        settings(CacheSettings.NONE.insideTransaction(InsideTransaction.NEW_READ_TX));
    }

    /** The committed row in a transaction that sees nothing else, an uncommitted one elsewhere. */
    private Loader asSeenInside() {
        return () -> transactions.current() != null && transactions.current().seesLatestCommitsOnly()
                ? source.current()
                : "uncommitted";
    }

    @Test
    void newReadTransaction_loadsForEverybody() throws Throwable {
        newReadTransactions();
        transactions.begin();
        assertThat(jvm.read(KEY, asSeenInside())).isEqualTo("v1");
        transactions.complete(Completion.ROLLED_BACK);
        assertThat(transactions.current()).isNull();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(source.loads()).isZero();
        assertThat(events.count("bypass TRANSACTION")).isZero();
    }

    @Test
    void newReadTransaction_endsWhenTheMethodFails() throws Throwable {
        newReadTransactions();
        transactions.begin();
        IOException failure = new IOException("down");
        Loader broken = () -> {
            throw failure;
        };
        assertThatThrownBy(() -> jvm.read(KEY, broken)).isSameAs(failure);
        assertThat(transactions.current().seesLatestCommitsOnly()).isFalse();
    }

    @Test
    void newReadTransaction_isNotForKeysThatTheCallerWrites() throws Throwable {
        newReadTransactions();
        transactions.begin();
        jvm.beginWrite(KEY);
        assertThat(jvm.read(KEY, asSeenInside())).isEqualTo("uncommitted");
        assertThat(events.count("bypass PENDING")).isEqualTo(1);
    }

    @Test
    void newReadTransactionThatIsNotToBeHad_costsOnlyTheFill() throws Throwable {
        newReadTransactions();
        transactions.begin();
        transactions.setAvailable(false);
        assertThat(jvm.read(KEY, asSeenInside())).isEqualTo("uncommitted");
        assertThat(events.count("bypass TRANSACTION")).isEqualTo(1);
        transactions.complete(Completion.COMMITTED);
        assertThat(jvm.read(KEY, source.loader())).as("the lease was released").isEqualTo("v1");
        assertThat(events.count("fill STORED")).isEqualTo(1);
    }

    @Test
    void newReadTransactionsWithoutAnybodyWhoBeginsThem_areRefused() {
        CacheSettings settings = TestJvm.settings().insideTransaction(InsideTransaction.NEW_READ_TX);
        assertThatThrownBy(() -> new TestJvm(Slots.of(memory), settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("cache 'race': inside-transaction = NEW_READ_TX needs");
    }

    @Test
    void readOnlyTransactionThatWritesAllTheSame_storesNothing() throws Throwable {
        transactions.begin(true);
        jvm.beginWrite(TestJvm.key("other"));
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v1");
        assertThat(memory.store().get(KEY).join()).isNull();
        assertThat(events.count("bypass TRANSACTION")).isEqualTo(1);
    }

    @Test
    void keyThatTheTransactionWrites_isNotAskedFor() throws Throwable {
        jvm.read(KEY, source.loader());
        source.commit();
        int reads = jvm.gates().answered(Operation.GET);
        transactions.begin(true);
        jvm.beginWrite(KEY);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v2");
        assertThat(jvm.gates().answered(Operation.GET)).isEqualTo(reads);
        assertThat(events.count("bypass PENDING")).isEqualTo(1);
    }

    @Test
    void transactionThatAWriteBeginsItself_doesNotAskForItsKeys() throws Throwable {
        jvm.read(KEY, source.loader());
        Write outer = jvm.beginWrite(TestJvm.key("other"));
        Write write = jvm.beginWrite(KEY);
        jvm.beginWrite(TestJvm.key("never left"));
        transactions.begin();
        source.commit();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v2");
        transactions.complete(Completion.COMMITTED);
        jvm.finish(write, KEY);
        assertThat(memory.store().get(KEY).join()).isNull();
        transactions.begin(true);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v2");
        assertThat(memory.store().get(KEY).join()).as("still inside a write").isNull();
        transactions.complete(Completion.COMMITTED);
        jvm.finish(outer, TestJvm.key("other"));
        transactions.begin(true);
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v2");
        assertThat(memory.store().get(KEY).join()).isNotNull();
        assertThat(events.count("bypass PENDING")).isEqualTo(1);
    }

    @Test
    void unconfirmedKeyInsideATransaction_isNotAskedFor() throws Throwable {
        jvm.read(KEY, source.loader());
        source.commit();
        jvm.gates().loseRequest(Operation.INVALIDATE);
        Gate retry = jvm.gates().holdBeforeSend(Operation.INVALIDATE);
        jvm.invalidate(KEY);
        transactions.begin();
        assertThat(jvm.read(KEY, source.loader())).isEqualTo("v2");
        retry.open();
        assertThat(events.count("bypass JOURNAL")).isEqualTo(1);
        assertThat(events.count("bypass TRANSACTION")).isEqualTo(1);
    }

    @Test
    void invalidationInATransaction_waitsForItsCompletion() throws Throwable {
        for (Completion completion : Completion.values()) {
            jvm.read(KEY, source.loader());
            transactions.begin();
            jvm.invalidate(KEY);
            assertThat(memory.store().get(KEY).join()).isNotNull();
            transactions.complete(completion);
            boolean kept = memory.store().get(KEY).join() != null;
            assertThat(kept).as("%s", completion).isEqualTo(completion == Completion.ROLLED_BACK);
        }
    }
}
