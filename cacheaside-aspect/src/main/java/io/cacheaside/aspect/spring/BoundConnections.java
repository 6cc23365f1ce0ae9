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
     * True where all reads go to one connection. False also where something else is bound: a persistence context or a
     * session remembers what it has read, however new the rows are by now.
     */
    boolean isOnlyOne() {
        return only() != null;
    }

    private static @Nullable ConnectionHolder only() {
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

    /** The isolation level that the only connection has; {@code TRANSACTION_NONE} where it does not say. */
    int isolation() {
        ConnectionHolder connection = only();
        try {
            return connection == null
                    ? Connection.TRANSACTION_NONE
                    : connection.getConnection().getTransactionIsolation();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection does not tell its isolation level; its reads are not shared", e);
            return Connection.TRANSACTION_NONE;
        }
    }
}
