package io.cacheaside.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends the connection of the transaction that the calling thread is in. */
@FunctionalInterface
public interface TransactionConnection {

    /**
     * Runs {@code work} on that connection, which stays the transaction's: nothing of it is changed or closed.
     *
     * @throws SQLException what {@code work} throws, or where the thread is in no transaction of that database
     */
    void lend(Work work) throws SQLException;

    /** Statements on a borrowed connection. */
    @FunctionalInterface
    interface Work {
        /** Runs the statements. */
        void on(Connection connection) throws SQLException;
    }
}
