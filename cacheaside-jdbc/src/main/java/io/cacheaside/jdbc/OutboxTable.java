package io.cacheaside.jdbc;

import io.cacheaside.error.OutboxException;
import io.cacheaside.spi.Outbox.Note;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements on the table {@code cacheaside_outbox}. All times are the database's: the clocks of the JVMs do not have
 * to agree.
 */
final class OutboxTable {

    static final String NAME = "cacheaside_outbox";

    private static final Logger LOG = LoggerFactory.getLogger(OutboxTable.class);
    private static final int LONGEST_ERROR = 500;
    private static final int TIMEOUT_SECONDS = 10;

    private final Dialect dialect;
    private final String namespace;

    OutboxTable(Dialect dialect, String namespace) {
        this.dialect = dialect;
        this.namespace = namespace;
    }

    /**
     * Returns when the table is there; H2 gets it on the way.
     *
     * @throws OutboxException where it is not, with the place of its definition
     */
    void ensure(Connection connection) throws SQLException {
        SQLException missing = probe(connection);
        if (missing != null && dialect.createsTable()) {
            create(connection);
            missing = probe(connection);
        }
        if (missing != null) {
            throw new OutboxException(
                    "Durable invalidations need the table " + NAME + ", which cannot be read (" + missing.getMessage()
                            + "). Create it with " + dialect.schemaPlace() + " from the jar of cacheaside-jdbc",
                    missing);
        }
    }

    private @Nullable SQLException probe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet nothing = statement.executeQuery(
                        "select id, settle_millis, set_aside_at from " + NAME + " where 1 = 0")) {
            return nothing.next() ? new SQLException("1 = 0") : null;
        } catch (SQLException e) {
            // class 42: no such table or column, no right to it; all else says nothing about the table
            if (e.getSQLState() != null && e.getSQLState().startsWith("42")) {
                return e;
            }
            throw e;
        }
    }

    private void create(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            for (String definition : dialect.schema()) {
                statement.execute(definition);
            }
        } catch (SQLException e) {
            LOG.debug("The table {} was not created; another process may have", NAME, e);
        }
    }

    /** Inserts a row for each of {@code notes}, due after {@code grace}; answers their ids. */
    List<UUID> insert(Connection connection, Collection<Note> notes, Duration grace) throws SQLException {
        List<UUID> ids = new ArrayList<>(notes.size());
        String sql = "insert into " + NAME + " (id, namespace, cache, cache_key, settle_millis, created_at, due_at)"
                + " values (?, ?, ?, ?, ?, " + dialect.now() + ", " + later() + ")";
        try (PreparedStatement insert = prepare(connection, sql)) {
            for (Note note : notes) {
                UUID id = UUID.randomUUID();
                insert.setObject(1, id);
                insert.setString(2, namespace);
                insert.setString(3, note.cache());
                insert.setString(4, note.key());
                insert.setLong(5, note.settle().toMillis());
                insert.setLong(6, grace.toMillis());
                insert.addBatch();
                ids.add(id);
            }
            insert.executeBatch();
        }
        return ids;
    }

    /**
     * Locks at most {@code limit} rows that are due, without those that another transaction has locked. In no order: one
     * would make H2 lock all that are due, and a row that fails becomes due later anyway.
     */
    List<OutboxRow> lockDue(Connection connection, int limit) throws SQLException {
        String sql = "select id, cache, cache_key, settle_millis, attempts, created_at, " + dialect.now() + " from "
                + NAME + " where namespace = ? and set_aside_at is null and due_at <= " + dialect.now()
                + " fetch first " + limit + " rows only for update skip locked";
        List<OutboxRow> rows = new ArrayList<>();
        try (PreparedStatement select = prepare(connection, sql)) {
            select.setString(1, namespace);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
        }
        return rows;
    }

    private static OutboxRow row(ResultSet found) throws SQLException {
        OffsetDateTime created = found.getObject(6, OffsetDateTime.class);
        return new OutboxRow(
                found.getObject(1, UUID.class),
                found.getString(2),
                found.getString(3),
                Duration.ofMillis(found.getLong(4)),
                found.getInt(5),
                Duration.between(created, found.getObject(7, OffsetDateTime.class)));
    }

    /** Deletes rows that this transaction has locked. */
    void deleteLocked(Connection connection, List<UUID> ids) throws SQLException {
        delete(connection, "delete from " + NAME + " where id = ?", ids);
    }

    /** Deletes rows without waiting for those that a relay has locked: it will delete them itself. */
    void deleteUnlocked(Connection connection, List<UUID> ids) throws SQLException {
        String unlocked = "select id from " + NAME + " where id = ? for update skip locked";
        delete(connection, "delete from " + NAME + " where id in (" + unlocked + ")", ids);
    }

    private static void delete(Connection connection, String sql, List<UUID> ids) throws SQLException {
        try (PreparedStatement delete = prepare(connection, sql)) {
            for (UUID id : ids) {
                delete.setObject(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** Makes a row due after {@code pause}; {@code attempts} and {@code error} are noted with it. */
    void postpone(Connection connection, OutboxRow row, int attempts, Duration pause, String error)
            throws SQLException {
        String sql = "update " + NAME + " set due_at = " + later() + ", attempts = ?, last_error = ? where id = ?";
        try (PreparedStatement update = prepare(connection, sql)) {
            update.setLong(1, pause.toMillis());
            update.setInt(2, attempts);
            update.setString(3, shortened(error));
            update.setObject(4, row.id());
            update.executeUpdate();
        }
    }

    /** Keeps a row that no relay will touch again. */
    void setAside(Connection connection, OutboxRow row, String error) throws SQLException {
        String sql = "update " + NAME + " set set_aside_at = " + dialect.now()
                + ", attempts = attempts + 1, last_error = ? where id = ?";
        try (PreparedStatement update = prepare(connection, sql)) {
            update.setString(1, shortened(error));
            update.setObject(2, row.id());
            update.executeUpdate();
        }
    }

    /** Now and a parameter of milliseconds. */
    private String later() {
        return dialect.now() + " + cast(? as bigint) * interval '0.001' second";
    }

    private static String shortened(String error) {
        return error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR);
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(TIMEOUT_SECONDS);
        return statement;
    }
}
