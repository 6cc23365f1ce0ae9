package io.cacheaside.jdbc;

import io.cacheaside.spi.TransactionBoundary;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions of plain JDBC, one at a time a thread. */
final class JdbcTransactions implements TransactionBoundary, TransactionConnection {

    private final DataSource dataSource;
    private final ThreadLocal<@Nullable Open> current = new ThreadLocal<>();

    JdbcTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Runs {@code work} in a transaction and commits it; rolls back where it throws. */
    void run(Body work) throws Throwable {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Open open = new Open(connection);
            current.set(open);
            Completion completion = Completion.ROLLED_BACK;
            try {
                work.run(connection);
                List.copyOf(open.before).forEach(Runnable::run);
                connection.commit();
                completion = Completion.COMMITTED;
            } finally {
                connection.rollback();
                current.remove();
                Completion how = completion;
                open.after.forEach(action -> action.accept(how));
            }
        }
    }

    @Override
    public @Nullable Transaction current() {
        return current.get();
    }

    @Override
    public void lend(Work work) throws SQLException {
        Open open = current.get();
        if (open == null) {
            throw new SQLException("no transaction");
        }
        work.on(open.connection);
    }

    interface Body {
        void run(Connection connection) throws Throwable;
    }

    private static final class Open implements Transaction {

        private final Connection connection;
        private final List<Runnable> before = new ArrayList<>();
        private final List<Consumer<Completion>> after = new ArrayList<>();

        Open(Connection connection) {
            this.connection = connection;
        }

        @Override
        public boolean seesLatestCommitsOnly() {
            return false;
        }

        @Override
        public void beforeCommit(Runnable action) {
            before.add(action);
        }

        @Override
        public void afterCompletion(Consumer<Completion> action) {
            after.add(action);
        }
    }
}
