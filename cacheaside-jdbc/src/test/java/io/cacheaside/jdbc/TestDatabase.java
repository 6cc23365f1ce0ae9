package io.cacheaside.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The databases that the suites run on. */
enum TestDatabase {
    /** In memory, a new one each time. The outbox's table is left to the outbox. */
    H2 {
        @Override
        DataSource open() throws SQLException {
            DataSource source =
                    JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
            execute(source, TABLE);
            return source;
        }
    },

    /** One server for all tests of this JVM, with new tables each time. */
    POSTGRESQL {
        @Override
        DataSource open() throws SQLException {
            DataSource source = Server.running().getPostgresDatabase();
            execute(source, "drop table if exists account", "drop table if exists " + OutboxTable.NAME, TABLE);
            execute(source, Dialect.POSTGRESQL.schema());
            return source;
        }
    };

    private static final String TABLE = "create table account (id int primary key, balance varchar(20))";

    /** A database with the table {@code account}, empty. */
    abstract DataSource open() throws SQLException;

    static void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Ends with this JVM: the library sees to that. */
    private static final class Server {

        private static @Nullable EmbeddedPostgres server;
        private static @Nullable Exception failure;

        static synchronized EmbeddedPostgres running() {
            if (server == null && failure == null) {
                start();
            }
            if (server == null) {
                String why = "SKIPPED: PostgreSQL does not start on this machine, so this is not tested: " + failure;
                System.err.println(why);
                throw new TestAbortedException(why);
            }
            return server;
        }

        private static void start() {
            try {
                server = EmbeddedPostgres.start();
            } catch (IOException | IllegalStateException e) {
                failure = e;
            }
        }
    }
}
