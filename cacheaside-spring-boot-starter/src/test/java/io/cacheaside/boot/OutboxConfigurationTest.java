package io.cacheaside.boot;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.jdbc.JdbcOutbox;
import io.cacheaside.spi.Outbox;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox of a Boot application: whose connection its rows are on, and what happens where something is missing. */
class OutboxConfigurationTest {

    private static final String COUNT = "select count(*) from cacheaside_outbox";

    private final ApplicationContextRunner shop = Contexts.shop()
            .withUserConfiguration(Contexts.InMemory.class, Database.class)
            .withPropertyValues("cacheaside.outbox.poll-interval=20ms");
    private final ApplicationContextRunner jdbc =
            shop.withUserConfiguration(JdbcTransactions.class).withBean(Accounts.class);
    private final ApplicationContextRunner jpa =
            shop.withUserConfiguration(JpaTransactions.class).withBean(Accounts.class);

    @Test
    void durableWriteWithJdbc_isNotedInItsOwnTransaction() {
        jdbc.run(context -> isNotedInItsOwnTransaction(context.getBean(Accounts.class)));
    }

    @Test
    void durableWriteWithJpa_isNotedInItsOwnTransaction() {
        jpa.run(context -> isNotedInItsOwnTransaction(context.getBean(Accounts.class)));
    }

    private static void isNotedInItsOwnTransaction(Accounts accounts) {
        accounts.write(1, false);
        assertThat(accounts.seenInside()).isEqualTo(1);
        assertThat(accounts.seenOutside()).isZero();
        await("the delivery", () -> accounts.rowsOutside() == 0);
        assertThatThrownBy(() -> accounts.write(1, true)).hasMessage("rolls back");
        assertThat(accounts.seenInside()).isEqualTo(1);
        assertThat(accounts.rowsOutside()).isZero();
    }

    @Test
    void rowOfADeadWriter_isDelivered() {
        jdbc.run(context -> {
            JdbcTemplate template = new JdbcTemplate(context.getBean(DataSource.class));
            template.update(
                    "insert into cacheaside_outbox (id, namespace, cache, cache_key) values (?, 'shop', 'account', ?)",
                    UUID.randomUUID(),
                    "shop:account:1");
            await("the delivery", () -> template.queryForObject(COUNT, Integer.class) == 0);
        });
    }

    @Test
    void durableWriteOutsideATransaction_isRefused() {
        jdbc.run(context -> assertThatThrownBy(
                        () -> context.getBean(Accounts.class).withoutTransaction(1))
                .hasMessageContaining("withoutTransaction(long)")
                .hasMessageContaining("@Transactional"));
    }

    @Test
    void transactionOfAnotherDatabase_isNotCommitted() {
        shop.withUserConfiguration(ForeignTransactions.class)
                .withBean(Accounts.class)
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Accounts.class).plainWrite(1))
                        .hasMessageContaining("must not commit")
                        .hasMessageContaining("another database"));
    }

    @Test
    void tableThatCannotBeMade_stopsTheStart_withThePlaceOfItsDefinition() {
        Contexts.shop()
                .withUserConfiguration(Contexts.InMemory.class, Powerless.class, JdbcTransactions.class)
                .withBean(Accounts.class)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("cacheaside_outbox"));
    }

    @Test
    void tableThatNobodyNeeds_stopsNothing() {
        Contexts.shop()
                .withUserConfiguration(Contexts.InMemory.class, Powerless.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void noModule_noDataSource_orSwitchedOff_refusesDurableMethodsAtStart() {
        refused(jdbc.withClassLoader(new FilteredClassLoader(JdbcOutbox.class)));
        refused(jdbc.withPropertyValues("cacheaside.outbox.enabled=false"));
        refused(Contexts.shop()
                .withUserConfiguration(Contexts.InMemory.class)
                .withBean(Accounts.class, () -> new Accounts(null)));
    }

    private static void refused(ApplicationContextRunner runner) {
        runner.run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining("there is no outbox"));
    }

    @Test
    void noModule_startsWithoutDurableMethods() {
        shop.withClassLoader(new FilteredClassLoader(JdbcOutbox.class)).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Outbox.class);
            assertThat(context.getBean(CacheAsideClient.class).hasOutbox()).isFalse();
        });
    }

    @Test
    void outboxOfTheApplication_replacesOurs() {
        Outbox theirs = new Outbox() {
            @Override
            public void ready() {}

            @Override
            public Receipt note(Collection<Note> notes) {
                throw new UnsupportedOperationException();
            }
        };
        shop.withBean(Outbox.class, () -> theirs)
                .run(context -> assertThat(context).hasSingleBean(Outbox.class).doesNotHaveBean(RelayLifecycle.class));
    }

    @Test
    void stoppedContext_relaysAgainAfterARestart() {
        jdbc.run(context -> {
            GenericApplicationContext restarted = (GenericApplicationContext) context.getSourceApplicationContext();
            restarted.stop();
            restarted.start();
            JdbcTemplate template = new JdbcTemplate(context.getBean(DataSource.class));
            template.update(
                    "insert into cacheaside_outbox (id, namespace, cache, cache_key) values (?, 'shop', 'account', ?)",
                    UUID.randomUUID(),
                    "shop:account:1");
            await("the delivery", () -> template.queryForObject(COUNT, Integer.class) == 0);
        });
    }

    @Test
    void pollIntervalOutOfRange_isRefused() {
        jdbc.withPropertyValues("cacheaside.outbox.poll-interval=5ms")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("cacheaside.outbox.poll-interval = 5ms"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Database {

        @Bean
        DataSource dataSource() {
            return h2("", UUID.randomUUID().toString());
        }
    }

    /** A database whose user may create nothing. */
    @Configuration(proxyBeanMethods = false)
    static class Powerless {

        @Bean
        DataSource dataSource() {
            String name = UUID.randomUUID().toString();
            new JdbcTemplate(h2("", name)).execute("create user powerless password ''");
            return h2("powerless", name);
        }
    }

    private static JdbcDataSource h2(String user, String name) {
        JdbcDataSource source = new JdbcDataSource();
        // only an administrator may ask for the delay, which the first connection sets
        source.setURL("jdbc:h2:mem:" + name + (user.isEmpty() ? ";DB_CLOSE_DELAY=-1" : ""));
        source.setUser(user);
        source.setPassword("");
        return source;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class JdbcTransactions {

        @Bean
        PlatformTransactionManager transactionManager(DataSource source) {
            return new DataSourceTransactionManager(source);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class ForeignTransactions {

        @Bean
        PlatformTransactionManager transactionManager() {
            return new DataSourceTransactionManager(h2("", UUID.randomUUID().toString()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class JpaTransactions {

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource source) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(source);
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setPackagesToScan("io.cacheaside.boot");
            return factory;
        }

        @Bean
        PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }
    }

    @Entity(name = "account")
    static class Account {
        @Id
        long id;
    }

    /** Counts the outbox's rows just before the commit: through the transaction's connection, and through another one. */
    public static class Accounts {

        private final DataSource source;
        private int seenInside;
        private int seenOutside;

        public Accounts(DataSource source) {
            this.source = source;
        }

        @Transactional
        @Invalidate(key = "account:#id", durable = true)
        public void write(long id, boolean rollBack) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    seenInside = new JdbcTemplate(source).queryForObject(COUNT, Integer.class);
                    seenOutside = rowsOutside();
                    if (rollBack) {
                        throw new IllegalStateException("rolls back");
                    }
                }
            });
        }

        @Transactional
        @Invalidate(key = "account:#id", durable = true)
        public void plainWrite(long id) {}

        @Invalidate(key = "account:#id", durable = true)
        public void withoutTransaction(long id) {}

        public int seenInside() {
            return seenInside;
        }

        public int seenOutside() {
            return seenOutside;
        }

        public int rowsOutside() {
            try (var connection = source.getConnection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(COUNT)) {
                rows.next();
                return rows.getInt(1);
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
