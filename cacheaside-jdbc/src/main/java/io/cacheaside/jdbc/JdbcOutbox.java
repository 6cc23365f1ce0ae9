package io.cacheaside.jdbc;

import io.cacheaside.error.OutboxException;
import io.cacheaside.spi.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox in the table {@code cacheaside_outbox}: a row a key, inserted on the connection of the writer's transaction.
 * An {@link OutboxRelay} on it delivers the rows whose writer did not, and deletes all of them. Thread-safe.
 */
public final class JdbcOutbox implements Outbox {

    /**
     * How long a row is left to its writer before a relay takes it. A relay that comes too early does no harm: it removes
     * the key once more.
     */
    static final Duration GRACE = Duration.ofMillis(300);

    private static final Logger LOG = LoggerFactory.getLogger(JdbcOutbox.class);

    private final DataSource dataSource;
    private final TransactionConnection transactions;
    private final String namespace;
    private final FastPath fastPath = new FastPath();
    private volatile @Nullable OutboxTable table;
    private volatile boolean ensured;

    private JdbcOutbox(DataSource dataSource, TransactionConnection transactions, String namespace) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.namespace = namespace;
    }

    /**
     * An outbox in the database of {@code dataSource}. Asks nothing of it yet.
     *
     * @param dataSource gives connections of its own to the relay and to the look at the table
     * @param transactions lends the connection of the writer's transaction, on the same database
     * @param namespace the client's
     */
    public static JdbcOutbox on(DataSource dataSource, TransactionConnection transactions, String namespace) {
        return new JdbcOutbox(dataSource, transactions, namespace);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Looks for the table once, on a connection of its own, and creates it on H2. A database that does not answer is
     * no reason to refuse: the insert will tell.
     */
    @Override
    public void ready() {
        if (ensured) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            ensured(connection);
        } catch (SQLException e) {
            LOG.debug("Whether the table {} is there could not be asked", OutboxTable.NAME, e);
        }
    }

    /** The table, which is there. */
    OutboxTable ensured(Connection connection) throws SQLException {
        OutboxTable found = table(connection);
        if (!ensured) {
            found.ensure(connection);
            ensured = true;
        }
        return found;
    }

    private OutboxTable table(Connection connection) throws SQLException {
        OutboxTable known = table;
        if (known == null) {
            known = new OutboxTable(Dialect.of(connection), namespace);
            table = known;
        }
        return known;
    }

    @Override
    public Receipt note(Collection<Note> notes) {
        notes.forEach(this::check);
        Noted noted = new Noted();
        try {
            transactions.lend(connection -> noted.ids = table(connection).insert(connection, notes, GRACE));
        } catch (SQLException e) {
            throw new OutboxException(
                    "The transaction must not commit, because its durable invalidations could not be noted in "
                            + OutboxTable.NAME + ": " + e.getMessage(),
                    e);
        }
        return noted;
    }

    private void check(Note note) {
        String problem = new OutboxRow(new UUID(0, 0), note.cache(), note.key(), note.settle(), 0, Duration.ZERO)
                .unreadable(namespace);
        if (problem != null) {
            throw new OutboxException("A durable invalidation of cache '" + note.cache()
                    + "' cannot be noted, so the transaction must not commit: " + problem);
        }
    }

    DataSource dataSource() {
        return dataSource;
    }

    String namespace() {
        return namespace;
    }

    FastPath fastPath() {
        return fastPath;
    }

    private final class Noted implements Receipt {

        private List<UUID> ids = List.of();

        @Override
        public void delivered() {
            fastPath.delivered(ids);
        }

        @Override
        public void undelivered() {
            fastPath.undelivered();
        }
    }
}
