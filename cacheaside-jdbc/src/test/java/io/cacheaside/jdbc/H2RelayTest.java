package io.cacheaside.jdbc;

import java.sql.SQLException;

class H2RelayTest extends RelayContract {

    H2RelayTest() throws SQLException {
        super(TestDatabase.H2);
    }
}
