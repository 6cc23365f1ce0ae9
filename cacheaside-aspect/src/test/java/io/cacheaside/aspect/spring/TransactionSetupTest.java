package io.cacheaside.aspect.spring;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.spi.CacheListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/** What a start tells about transactions. */
class TransactionSetupTest {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(TransactionSetup.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            warnings.add(event.getFormattedMessage());
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void close() {
        logger.detachAppender(appender);
        context.close();
    }

    private static DataSource readCommitted() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:setup");
        return source;
    }

    private static DataSource repeatableRead() {
        return new DelegatingDataSource(readCommitted()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                return connection;
            }
        };
    }

    private void start(DataSource source, DataSourceTransactionManager manager) {
        context.registerBean("database", DataSource.class, () -> source);
        context.registerBean(PlatformTransactionManager.class, () -> manager);
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(CacheListener.none()));
        context.registerBean(Reader.class);
        context.register(Application.class);
        context.refresh();
    }

    @Test
    void databaseThatReadsSnapshots_isWarnedOf() {
        DataSource source = repeatableRead();
        start(source, new DataSourceTransactionManager(source));
        await("a warning", () -> !warnings.isEmpty());
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith(
                        "DataSource 'database' reads at REPEATABLE READ by default, so what the caches [thing] load");
    }

    @Test
    void databasesThatReadWhatIsCommitted_orThatAreDown_areFine() {
        DataSource down = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                throw new SQLException("down");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
        assertThat(TransactionSetup.snapshots(Map.of("a", readCommitted(), "b", down), Set.of("thing")))
                .isEmpty();
    }

    @Test
    void managerThatNeverSynchronizes_isWarnedOf() {
        DataSource source = readCommitted();
        DataSourceTransactionManager manager = new DataSourceTransactionManager(source);
        manager.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
        start(source, manager);
        assertThat(warnings).singleElement().asString().contains("are not seen, because it never synchronizes");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    static class Application {}

    static class Reader {

        @CacheAside(key = "thing:#id")
        public String find(long id) {
            return "";
        }
    }
}
