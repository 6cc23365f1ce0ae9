package io.cacheaside.jdbc;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.engine.Stale;
import io.cacheaside.error.OutboxException;
import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.test.Gate;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm;
import io.cacheaside.test.TestJvm.Call;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a durable write leaves in the table, and what becomes of it. */
abstract class DurableWriteContract extends OutboxSuite {

    DurableWriteContract(TestDatabase database) throws SQLException {
        super(database);
    }

    @Test
    void rollback_leavesNoRow() throws Throwable {
        read();
        assertThatThrownBy(() -> transactions.run(connection -> {
                    write(connection, "v2");
                    throw new IllegalStateException("rolls back");
                }))
                .hasMessage("rolls back");
        assertThat(rows()).isZero();
        assertThat(gates.answered(Operation.INVALIDATE)).isZero();
    }

    @Test
    void rollbackAfterTheRowsWereInserted_leavesNone() throws Throwable {
        assertThatThrownBy(() -> transactions.run(connection -> {
                    write(connection, "v2");
                    transactions.current().beforeCommit(() -> {
                        throw new IllegalStateException("another participant refuses");
                    });
                }))
                .hasMessage("another participant refuses");
        assertThat(rows()).isZero();
    }

    @Test
    void commit_leavesOneRowAKey_whichTheWritersOwnInvalidationMakesNeedless() throws Throwable {
        Gate sent = gates.holdBeforeSend(Operation.INVALIDATE);
        Call<@Nullable Void> write = TestJvm.start(() -> {
            transactions.run(connection -> {
                write(connection, "v2");
                write(connection, "v3");
                assertThat(rows()).as("nothing before the commit").isZero();
            });
            return null;
        });
        sent.awaitArrival();
        assertThat(rows()).isEqualTo(1);
        sent.open();
        write.result();
        relay(memory.store(), NEVER_LOOKS);
        await("the writer's rows to be deleted", () -> rows() == 0);
        assertThat(events.count("invalidated")).isEqualTo(1);
        assertThat(events.count("relayed")).isZero();
    }

    @Test
    void race13_writerThatDiesAfterItsCommit_isCompletedByTheRelay() throws Throwable {
        assertThat(read()).isEqualTo("v1");
        Gate death = gates.holdBeforeSend(Operation.INVALIDATE);
        TestJvm.start(() -> {
            transactions.run(connection -> write(connection, "v2"));
            return null;
        });
        death.awaitArrival();
        assertThat(balance()).isEqualTo("v2");
        assertThat(read()).as("nobody has told the cache").isEqualTo("v1");
        relay(anotherOutbox(dataSource), memory.store(), QUICK);
        await("the relay", () -> events.count("relayed") == 1);
        assertThat(read()).isEqualTo("v2");
        assertThat(rows()).isZero();
    }

    @Test
    void unacknowledgedInvalidation_isLeftToTheRelay_whichIsToldAtOnce() throws Throwable {
        assertThat(read()).isEqualTo("v1");
        gates.loseRequest(Operation.INVALIDATE);
        gates.holdBeforeSend(Operation.INVALIDATE); // the journal's retry, for ever
        relay(memory.store(), NEVER_LOOKS);
        transactions.run(connection -> write(connection, "v2"));
        await("the relay", () -> events.count("relayed") == 1);
        assertThat(read()).isEqualTo("v2");
    }

    @Test
    void keyThatTurnsUpDuringTheCommit_isNotedAtOnce() throws Throwable {
        Gate sent = gates.holdBeforeSend(Operation.INVALIDATE);
        Call<@Nullable Void> write = TestJvm.start(() -> {
            transactions.run(connection -> {
                write(connection, "v2");
                List<Stale> late = List.of(new Stale("account", NAMESPACE + ":account:late", DURABLE));
                transactions
                        .current()
                        .beforeCommit(() -> writer.beginWrite(late).finished(late));
            });
            return null;
        });
        sent.awaitArrival();
        assertThat(rows()).isEqualTo(2);
        sent.open();
        write.result();
    }

    @Test
    void plainKeysOfTheSameTransaction_areNotNoted() throws Throwable {
        Gate sent = gates.holdBeforeSend(Operation.INVALIDATE);
        Call<@Nullable Void> write = TestJvm.start(() -> {
            transactions.run(connection -> {
                write(connection, "v2");
                writer.invalidate("account", List.of(NAMESPACE + ":account:plain"));
            });
            return null;
        });
        sent.awaitArrival();
        assertThat(rows()).isEqualTo(1);
        sent.open();
        write.result();
    }

    @Test
    void outsideATransaction_isRefusedBeforeTheMethod() {
        List<Stale> keys = List.of(new Stale("account", KEY, DURABLE));
        assertThatThrownBy(() -> writer.beginWrite(keys))
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("Nothing was written")
                .hasMessageContaining("@Transactional");
    }

    @Test
    void withoutAnOutbox_isRefusedBeforeTheMethod() {
        List<Stale> keys = List.of(new Stale("account", KEY, DURABLE));
        assertThatThrownBy(() -> reader.beginWrite(keys))
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining("cacheaside-jdbc");
    }

    @Test
    void failedInsert_stopsTheCommit() throws Throwable {
        outbox.ready();
        TestDatabase.execute(dataSource, "alter table " + OutboxTable.NAME + " drop column settle_millis");
        assertThatThrownBy(() -> transactions.run(connection -> write(connection, "v2")))
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining("must not commit")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(balance()).isEqualTo("v1");
        assertThat(gates.answered(Operation.INVALIDATE)).isZero();
    }

    @Test
    void keyThatNoRelayCouldRead_stopsTheCommit() {
        List<Stale> keys = List.of(new Stale("account", "elsewhere:account:1", DURABLE));
        assertThatThrownBy(() ->
                        transactions.run(connection -> writer.beginWrite(keys).finished(keys)))
                .isInstanceOf(OutboxException.class)
                .hasMessageContaining("does not begin with 'test:'");
        assertThat(rowsWhere("1 = 1")).isZero();
    }

    @Test
    void settle_isNotedToo() throws Throwable {
        List<Stale> keys =
                List.of(new Stale("account", KEY, new InvalidationPolicy(false, Duration.ofSeconds(3), true)));
        Gate sent = gates.holdBeforeSend(Operation.INVALIDATE);
        Call<@Nullable Void> write = TestJvm.start(() -> {
            transactions.run(connection -> writer.beginWrite(keys).finished(keys));
            return null;
        });
        sent.awaitArrival();
        assertThat(rowsWhere("settle_millis = 3000")).isEqualTo(1);
        sent.open();
        write.result();
    }
}
