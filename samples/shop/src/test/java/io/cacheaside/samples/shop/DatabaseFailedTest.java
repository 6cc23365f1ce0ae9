package io.cacheaside.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheaside.samples.shop.CacheFigures.Origin;
import io.cacheaside.samples.shop.RunningShop.Answer;
import java.sql.SQLException;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages while the database server is gone. Its data stays in memory. */
class DatabaseFailedTest {

    private final RedisOfTheTest redis = new RedisOfTheTest();
    private Server database;
    private RunningShop shop;

    @BeforeEach
    void open() throws SQLException {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        shop = new RunningShop(
                redis.address(),
                "spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/mem:failing"
                        + System.nanoTime() + ";DB_CLOSE_DELAY=-1",
                "spring.datasource.hikari.maximum-pool-size=1",
                "spring.datasource.hikari.connection-timeout=250");
        shop.page(1);
    }

    @AfterEach
    void close() {
        shop.close();
        database.stop();
        redis.close();
    }

    @Test
    void databaseGone_isAClearError() {
        database.stop();

        Answer answer = shop.page(2);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("The database does not answer");
        assertThat(shop.changePrice(2, "1.00").status()).isEqualTo(500);
    }

    @Test
    void databaseGone_cachedPagesAreStillShown() {
        database.stop();

        assertThat(shop.page(1).origin()).isEqualTo(Origin.CACHE);
    }

    @Test
    void databaseBack_theFailureWasNotStored() throws SQLException {
        int port = database.getPort();
        database.stop();
        shop.page(2);

        database = Server.createTcpServer("-tcpPort", String.valueOf(port)).start();

        // the connection pool pauses between its attempts
        Answer first = await().until(() -> shop.page(2), answer -> answer.status() == 200);
        assertThat(first.origin()).isEqualTo(Origin.DATABASE);
        assertThat(shop.page(2).origin()).isEqualTo(Origin.CACHE);
    }
}
