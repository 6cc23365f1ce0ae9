package io.cacheaside.aspect.spring;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.ResourceHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** What the calling thread's transaction reads from and writes to. Needs spring-jdbc. */
final class BoundConnections {

    private static final Logger LOG = LoggerFactory.getLogger(BoundConnections.class);
    private static final String HOLDER = "org.springframework.jdbc.datasource.ConnectionHolder";

    private BoundConnections() {}

    /** Null without spring-jdbc. */
    static @Nullable BoundConnections find() {
        return ClassUtils.isPresent(HOLDER, BoundConnections.class.getClassLoader()) ? new BoundConnections() : null;
    }

    /**
     * The connection that all reads go to; null where there are several, or where something else is bound too: a
     * persistence context or a session remembers what it has read, however new the rows are by now.
     */
    @Nullable
    ConnectionHolder only() {
        ConnectionHolder only = null;
        for (Object resource :
                TransactionSynchronizationManager.getResourceMap().values()) {
            if (resource instanceof ResourceHolder && (only != null || !(resource instanceof ConnectionHolder))) {
                return null;
            }
            only = resource instanceof ConnectionHolder holder ? holder : only;
        }
        return only;
    }

    /** True where a part of what is written may be committed although this transaction rolls back, or the reverse. */
    boolean areSeveral() {
        int connections = 0;
        for (Object resource :
                TransactionSynchronizationManager.getResourceMap().values()) {
            connections += resource instanceof ConnectionHolder ? 1 : 0;
        }
        return connections > 1;
    }

    /** The isolation level that {@code connection} has; {@code TRANSACTION_NONE} where it does not say. */
    static int isolation(ConnectionHolder connection) {
        try {
            return connection.getConnection().getTransactionIsolation();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection does not tell its isolation level; its reads are not shared", e);
            return Connection.TRANSACTION_NONE;
        }
    }
}
