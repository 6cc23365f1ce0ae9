package io.cacheaside.verification.history;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.springframework.jdbc.core.JdbcTemplate;

/** An H2 database in this JVM's memory that other JVMs reach over TCP. */
public final class RaceDatabase implements AutoCloseable {

    private final String name = "mem:" + UUID.randomUUID();
    private final JdbcConnectionPool own =
            JdbcConnectionPool.create("jdbc:h2:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final Server server;

    /** An empty one. */
    public RaceDatabase() throws IOException {
        try {
            server = Server.createTcpServer("-tcpPort", "0").start();
            own.getConnection().close(); // makes the database, which clients may not
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Where other JVMs find it; they wait for a row up to ten seconds. */
    public String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + name + ";LOCK_TIMEOUT=10000";
    }

    /** For this JVM. */
    public JdbcTemplate jdbc() {
        return new JdbcTemplate(own);
    }

    @Override
    public void close() {
        jdbc().execute("shutdown immediately");
        own.dispose();
        server.stop();
    }
}
