package io.cacheaside.jdbc;

import java.sql.SQLException;

class PostgresDurableWriteTest extends DurableWriteContract {

    PostgresDurableWriteTest() throws SQLException {
        super(TestDatabase.POSTGRESQL);
    }
}
