package io.cacheaside.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection of the relay's own, without auto-commit and exactly READ COMMITTED: a stricter level would fail where
 * another relay has just deleted a row. Closing rolls back what was not committed and gives the connection back as it was.
 */
final class OwnTransaction implements AutoCloseable {

    private final Connection connection;
    private final boolean autoCommit;
    private final int isolation;

    private OwnTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        this.isolation = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
    }

    static OwnTransaction on(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            return new OwnTransaction(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
            connection.setTransactionIsolation(isolation);
        }
    }
}
