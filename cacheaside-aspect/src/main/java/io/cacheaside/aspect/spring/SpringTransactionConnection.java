package io.cacheaside.aspect.spring;

import io.cacheaside.jdbc.TransactionConnection;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lends the connection that a Spring transaction has bound for one {@code DataSource}, as those of
 * {@code JdbcTransactionManager}, {@code DataSourceTransactionManager} and {@code JpaTransactionManager} do. Needs
 * spring-jdbc and cacheaside-jdbc.
 */
public final class SpringTransactionConnection implements TransactionConnection {

    private final DataSource dataSource;

    /** Connections of transactions on {@code dataSource}. */
    public SpringTransactionConnection(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        this.dataSource = target != null ? target : dataSource;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A connection that commits by itself is refused, and so is one that the transaction has not bound: what is
     * written to them stays although the transaction rolls back.
     */
    @Override
    public void lend(Work work) throws SQLException {
        if (!TransactionSynchronizationManager.hasResource(dataSource)) {
            throw new SQLException(
                    "the transaction has no connection of the outbox's DataSource: its transaction manager"
                            + " is that of another database, or a JTA one");
        }
        Connection connection = DataSourceUtils.doGetConnection(dataSource);
        try {
            if (connection.getAutoCommit()) {
                throw new SQLException("the transaction's connection commits by itself");
            }
            work.on(connection);
        } finally {
            DataSourceUtils.doReleaseConnection(connection, dataSource);
        }
    }
}
