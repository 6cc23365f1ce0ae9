package io.cacheaside.samples.plainshop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A small database in the memory of this JVM. */
record ShopDatabase(JdbcConnectionPool pool) implements AutoCloseable {

    private static final String TABLES = """
            create table product (id int primary key, name varchar(40) not null, price decimal(10, 2) not null);
            create table review (id int primary key, product_id int not null, stars tinyint not null);
            create index review_of_product on review (product_id);
            insert into product
              select x, array['Lamp', 'Kettle', 'Chair', 'Clock'][1 + mod(x, 4)] || ' No. ' || x, 10 + x
              from system_range(1, 100);
            insert into review
              select x, 1 + mod(x, 100), array[5, 4, 5, 3, 1, 4][1 + mod(x, 6)] from system_range(1, 10000)""";

    static ShopDatabase open(String name) throws SQLException {
        ShopDatabase database = new ShopDatabase(JdbcConnectionPool.create("jdbc:h2:mem:" + name, "", ""));
        try (Connection connection = database.pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        return database;
    }

    DataSource source() {
        return pool;
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
