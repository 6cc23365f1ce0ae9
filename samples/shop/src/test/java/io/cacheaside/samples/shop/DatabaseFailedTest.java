package io.cacheaside.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.samples.shop.CacheFigures.Origin;
import io.cacheaside.samples.shop.RunningShop.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages while every statement on the products fails: their table has another name. */
class DatabaseFailedTest {

    private final RedisOfTheTest redis = new RedisOfTheTest();
    private RunningShop shop;

    @BeforeEach
    void open() {
        shop = new RunningShop(redis.address());
        shop.page(1);
    }

    @AfterEach
    void close() {
        shop.close();
        redis.close();
    }

    @Test
    void databaseFails_isAClearError() throws SQLException {
        execute("alter table product rename to product_away");

        Answer answer = shop.page(2);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("The database does not answer");
        assertThat(shop.changePrice(2, "1.00").status()).isEqualTo(500);
    }

    @Test
    void databaseFails_cachedPagesAreStillShown() throws SQLException {
        execute("alter table product rename to product_away");

        assertThat(shop.page(1).origin()).isEqualTo(Origin.CACHE);
    }

    @Test
    void databaseWorksAgain_theFailureWasNotStored() throws SQLException {
        execute("alter table product rename to product_away");
        shop.page(2);

        execute("alter table product_away rename to product");

        assertThat(shop.page(2).origin()).isEqualTo(Origin.DATABASE);
        assertThat(shop.page(2).origin()).isEqualTo(Origin.CACHE);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = shop.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
