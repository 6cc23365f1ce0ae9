package io.cacheaside.aspect.spring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same on PostgreSQL, whose REPEATABLE READ is a snapshot from the transaction's first statement on. */
class PostgresGuardTest extends TransactionGuardTest {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    Class<?> configuration() {
        return OnPostgres.class;
    }

    @Configuration(proxyBeanMethods = false)
    static class OnPostgres extends TransactionTest.Application {

        @Bean
        @Override
        DataSource dataSource() {
            return postgres.getPostgresDatabase();
        }
    }
}
