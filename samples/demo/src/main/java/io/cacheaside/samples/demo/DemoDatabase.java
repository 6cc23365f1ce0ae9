package io.cacheaside.samples.demo;

import io.cacheaside.samples.shop.SampleData;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** The database of all instances: in the memory of this JVM, served to theirs on a loopback port. */
final class DemoDatabase implements AutoCloseable {

    private static final String NAME = "mem:shop";

    private final Connection keptOpen;
    private final Server server;

    private DemoDatabase(Connection keptOpen, Server server) {
        this.keptOpen = keptOpen;
        this.server = server;
    }

    static DemoDatabase filledWith(SampleData data, Progress progress) throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + NAME);
        Connection keptOpen = database.getConnection();
        data.createIn(database, reviews -> progress.show("Filling the database", reviews, data.reviews()));
        progress.end();
        return new DemoDatabase(
                keptOpen, Server.createTcpServer("-tcpPort", "0").start());
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + NAME;
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        keptOpen.close();
    }
}
