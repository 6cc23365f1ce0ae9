package io.cacheaside.jdbc;

import io.cacheaside.jdbc.Delivery.Outcome;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Removal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers due rows, one batch in one transaction. */
final class DueRows {

    /** How a batch went. */
    enum Result {
        /** It was full and something of it is done. */
        MORE,
        /** It was not full. */
        NO_MORE,
        /** The store acknowledged none of it and answers nothing. */
        NO_STORE
    }

    private static final Logger LOG = LoggerFactory.getLogger(DueRows.class);

    private final String namespace;
    private final Delivery delivery;
    private final CacheListener listener;
    private final RelayPolicy policy;

    DueRows(String namespace, Delivery delivery, CacheListener listener, RelayPolicy policy) {
        this.namespace = namespace;
        this.delivery = delivery;
        this.listener = listener;
        this.policy = policy;
    }

    Result deliver(OutboxTable table, OwnTransaction transaction) throws SQLException {
        List<OutboxRow> rows = table.lockDue(transaction.connection(), policy.batch());
        long lockedAt = System.nanoTime();
        Map<OutboxRow, String> aside = new HashMap<>();
        List<OutboxRow> readable = readable(rows, aside);
        Map<String, Outcome> outcomes = readable.isEmpty() ? Map.of() : delivery.remove(removals(readable));
        Duration took = Duration.ofNanos(System.nanoTime() - lockedAt);
        List<OutboxRow> done = settle(table, transaction.connection(), readable, outcomes, aside);
        transaction.commit();
        // told after the commit only: a row whose transaction failed comes again
        done.forEach(row -> listener.relayed(row.cacheName(), row.age().plus(took)));
        aside.forEach(this::tellSetAside);
        boolean storeless = !readable.isEmpty() && outcomes.values().stream().allMatch(Outcome.UNANSWERED::equals);
        return storeless ? Result.NO_STORE : rows.size() == policy.batch() ? Result.MORE : Result.NO_MORE;
    }

    private List<OutboxRow> readable(List<OutboxRow> rows, Map<OutboxRow, String> aside) {
        List<OutboxRow> readable = new ArrayList<>();
        for (OutboxRow row : rows) {
            String problem = row.unreadable(namespace);
            if (problem == null) {
                readable.add(row);
            } else {
                aside.put(row, problem);
            }
        }
        return readable;
    }

    /** Each key once, with the longest time to settle. */
    private static Collection<Removal> removals(List<OutboxRow> rows) {
        Map<String, Removal> removals = new HashMap<>();
        for (OutboxRow row : rows) {
            removals.merge(
                    key(row),
                    new Removal(key(row), Removal.NO_MARK, row.settle()),
                    (one, other) -> one.settle().compareTo(other.settle()) >= 0 ? one : other);
        }
        return removals.values();
    }

    private static String key(OutboxRow row) {
        return String.valueOf(row.key());
    }

    /** Writes to the table what became of the rows; answers those that are done. */
    private List<OutboxRow> settle(
            OutboxTable table,
            Connection connection,
            List<OutboxRow> readable,
            Map<String, Outcome> outcomes,
            Map<OutboxRow, String> aside)
            throws SQLException {
        List<OutboxRow> done = new ArrayList<>();
        for (OutboxRow row : readable) {
            Outcome outcome = outcomes.get(key(row));
            if (outcome == Outcome.REMOVED) {
                done.add(row);
            } else if (outcome == Outcome.UNANSWERED) {
                table.postpone(connection, row, row.attempts(), policy.firstRetry(), "the store does not answer");
            } else if (row.attempts() + 1 < policy.maxAttempts()) {
                int attempts = row.attempts() + 1;
                table.postpone(connection, row, attempts, policy.retryAfter(attempts), "the store does not remove it");
            } else {
                aside.put(row, "the store answers, and in " + policy.maxAttempts() + " attempts did not remove it");
            }
        }
        for (Map.Entry<OutboxRow, String> entry : aside.entrySet()) {
            table.setAside(connection, entry.getKey(), entry.getValue());
        }
        List<UUID> ids = done.stream().map(OutboxRow::id).toList();
        if (!ids.isEmpty()) {
            table.deleteLocked(connection, ids);
        }
        return done;
    }

    private void tellSetAside(OutboxRow row, String problem) {
        listener.setAside(row.cacheName());
        LOG.error(
                "Row {} of {} cannot be delivered and is set aside: {}. Readers may see an old value of its key until the"
                        + " TTL ends. To try it again: update {} set set_aside_at = null, attempts = 0 where id = '{}'",
                row.id(),
                OutboxTable.NAME,
                problem,
                OutboxTable.NAME,
                row.id());
    }
}
