package io.cacheaside.jdbc;

import java.sql.SQLException;

class PostgresRelayTest extends RelayContract {

    PostgresRelayTest() throws SQLException {
        super(TestDatabase.POSTGRESQL);
    }
}
