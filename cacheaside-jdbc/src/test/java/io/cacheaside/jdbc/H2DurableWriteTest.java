package io.cacheaside.jdbc;

import java.sql.SQLException;

class H2DurableWriteTest extends DurableWriteContract {

    H2DurableWriteTest() throws SQLException {
        super(TestDatabase.H2);
    }
}
