package io.cacheaside.samples.plainshop;

import io.cacheaside.spi.TransactionBoundary;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Units of work, each in one JDBC transaction of the thread that runs it, and what the cache has to know of them: which one
 * a call is in, and how it ended. One inside another joins it.
 */
public final class UnitsOfWork implements TransactionBoundary {

    private final DataSource database;
    private final ThreadLocal<@Nullable Unit> running = new ThreadLocal<>();

    /** Units of work on {@code database}. */
    public UnitsOfWork(DataSource database) {
        this.database = database;
    }

    /** What is done with a connection, which stays open. */
    @FunctionalInterface
    public interface Work<T> {
        /** The result. */
        T run(Connection connection) throws SQLException;
    }

    /** Runs {@code work} in the unit that is running; else by itself, each statement committed at once. */
    public <T> T run(Work<T> work) throws SQLException {
        Unit unit = running.get();
        if (unit != null) {
            return work.run(unit.connection);
        }
        try (Connection connection = database.getConnection()) {
            return work.run(connection);
        }
    }

    /** Runs {@code work} in one transaction, all or nothing; what it throws rolls back. */
    public <T> T together(Work<T> work) throws SQLException {
        return running.get() != null ? run(work) : begun(work);
    }

    private <T> T begun(Work<T> work) throws SQLException {
        Completion completion = Completion.ROLLED_BACK;
        List<Consumer<Completion>> after = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            Unit unit = new Unit(connection, after);
            connection.setAutoCommit(false);
            running.set(unit);
            try {
                T result = work.run(connection);
                unit.before.forEach(Runnable::run);
                // from here on an exception does not tell whether the rows are there
                completion = Completion.UNKNOWN;
                connection.commit();
                completion = Completion.COMMITTED;
                return result;
            } finally {
                if (completion == Completion.ROLLED_BACK) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } finally {
            running.remove();
            Completion ended = completion;
            after.forEach(action -> action.accept(ended));
        }
    }

    @Override
    public @Nullable Transaction current() {
        return running.get();
    }

    private static final class Unit implements Transaction {

        private final Connection connection;
        private final List<Runnable> before = new ArrayList<>();
        private final List<Consumer<Completion>> after;

        Unit(Connection connection, List<Consumer<Completion>> after) {
            this.connection = connection;
            this.after = after;
        }

        /** A unit writes, so what it reads may be its own and not committed. */
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
