package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.spi.TransactionBoundary;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Requests with an open persistence context, as open-in-view gives them, on Hibernate. */
class PersistenceContextTest {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Application.class);
    private final Articles articles = context.getBean(Articles.class);
    private final Events events = context.getBean(Events.class);
    private final EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
    private final TransactionTemplate transaction =
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    private final EntityManagerHolder request = new EntityManagerHolder(factory.createEntityManager());

    @BeforeEach
    void openView() {
        articles.add(1, "v1", Set.of("new"));
        TransactionSynchronizationManager.bindResource(factory, request);
    }

    @AfterEach
    void closeView() {
        TransactionSynchronizationManager.unbindResource(factory);
        request.getEntityManager().close();
        context.close();
    }

    private void renameElsewhere(String title) {
        CompletableFuture.runAsync(() -> articles.rename(1, title))
                .orTimeout(15, TimeUnit.SECONDS)
                .join();
    }

    private String titleElsewhere() {
        return CompletableFuture.supplyAsync(() -> articles.find(1).title())
                .orTimeout(15, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void entityThatTheRequestLoadedBeforeAWrite_isNotStored() {
        assertThat(articles.uncached(1).title()).isEqualTo("v1");
        renameElsewhere("v2");
        assertThat(articles.uncached(1).title()).as("the request's own context").isEqualTo("v1");
        assertThat(articles.find(1).title()).isEqualTo("v2");
        assertThat(titleElsewhere()).isEqualTo("v2");
        assertThat(events.all()).containsExactly("invalidated article 1", "miss article", "hit article");
    }

    @Test
    void whatAMissReturns_isDetachedAsWhatAHitReturns() {
        Article attached = articles.uncached(1);
        assertThat(articles.find(1)).isNotSameAs(attached);
        assertThat(request.getEntityManager().contains(attached)).isTrue();
        assertThat(request.getEntityManager().contains(articles.find(1))).isFalse();
    }

    @Test
    void partsThatTheMethodLooksAt_areFetchedInside() {
        assertThat(articles.summary(1)).isEqualTo("v1 [new]");
        assertThat(articles.summary(1)).isEqualTo("v1 [new]");
    }

    @Test
    void contextOfTheRequest_isBackAfterwardsAndTheOtherIsClosed() {
        Article attached = articles.uncached(1);
        articles.find(1);
        assertThat(articles.uncached(1)).isSameAs(attached);
        assertThat(articles.seen().isOpen()).isFalse();
        assertThat(request.getEntityManager().isOpen()).isTrue();
    }

    @Test
    void contextOfTheRequest_isBackAfterAFailure() {
        Article attached = articles.uncached(1);
        assertThatThrownBy(() -> articles.failing(1)).isInstanceOf(IllegalStateException.class);
        assertThat(articles.uncached(1)).isSameAs(attached);
        assertThat(articles.seen().isOpen()).isFalse();
    }

    @Test
    void transactionOfTheMethodItself_runsInTheFreshContext() {
        articles.uncached(1);
        renameElsewhere("v2");
        assertThat(articles.inTransaction(1)).isEqualTo("v2");
        assertThat(articles.uncached(1).title()).isEqualTo("v1");
    }

    @Test
    void scopeWithoutTransaction_isNotTakenForAFreshContext() {
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
        transaction.executeWithoutResult(status -> {
            articles.uncached(1);
            renameElsewhere("v2");
            assertThat(articles.find(1).title()).isEqualTo("v2");
        });
        assertThat(titleElsewhere()).isEqualTo("v2");
    }

    @Test
    void readOnlyTransactionWithAPersistenceContext_storesNothing() {
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        transaction.executeWithoutResult(status -> {
            articles.uncached(1);
            renameElsewhere("v2");
            assertThat(articles.find(1).title()).isEqualTo("v1");
        });
        assertThat(articles.find(1).title()).isEqualTo("v2");
        assertThat(events.all()).contains("bypass article TRANSACTION");
    }

    @Test
    void newReadTransaction_hasAPersistenceContextOfItsOwn() {
        transaction.executeWithoutResult(status -> {
            Article attached = articles.uncached(1);
            renameElsewhere("v2");
            assertThat(articles.findInOwnTransaction(1).title()).isEqualTo("v2");
            assertThat(articles.uncached(1)).isSameAs(attached);
        });
        assertThat(titleElsewhere()).isEqualTo("v2");
        assertThat(events.all()).containsExactly("invalidated article 1", "miss article", "hit article");
    }

    @Test
    void rollbackThroughJpa_invalidatesNothing() {
        articles.find(1);
        transaction.executeWithoutResult(status -> {
            articles.rename(1, "v2");
            assertThat(articles.find(1).title()).isEqualTo("v2");
            status.setRollbackOnly();
        });
        assertThat(articles.find(1).title()).isEqualTo("v1");
        assertThat(events.all()).containsExactly("miss article", "bypass article PENDING", "hit article");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @EnableTransactionManagement
    static class Application {

        @Bean
        DataSource dataSource() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:articles;DB_CLOSE_DELAY=-1");
            return source;
        }

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource source) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(source);
            factory.setManagedTypes(PersistenceManagedTypes.of(Article.class.getName()));
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create-drop"));
            return factory;
        }

        @Bean
        PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        @Bean
        Events events() {
            return new Events();
        }

        @Bean
        CacheAsideClient client(Events events, TransactionBoundary transactions) {
            return Clients.inMemory(events, transactions);
        }

        @Bean
        Articles articles() {
            return new Articles();
        }
    }

    static class Articles {

        @PersistenceContext
        private EntityManager entities;

        private volatile Session seen;

        Session seen() {
            return seen;
        }

        public Article uncached(long id) {
            return entities.find(Article.class, id);
        }

        @CacheAside(key = "article:#id")
        public Article find(long id) {
            Article article = uncached(id);
            Hibernate.initialize(article.tags());
            seen = (Session) entities.getDelegate();
            return article;
        }

        @CacheAside(key = "article:#id", insideTransaction = CacheAside.InsideTransaction.NEW_READ_TX)
        public Article findInOwnTransaction(long id) {
            return find(id);
        }

        @CacheAside(key = "summary:#id")
        public String summary(long id) {
            Article article = uncached(id);
            return article.title() + " " + article.tags();
        }

        @CacheAside(key = "failing:#id")
        public Article failing(long id) {
            uncached(id);
            seen = (Session) entities.getDelegate();
            throw new IllegalStateException("fails");
        }

        @Transactional(readOnly = true)
        @CacheAside(key = "transactional:#id")
        public String inTransaction(long id) {
            return uncached(id).title();
        }

        @Transactional
        public void add(long id, String title, Set<String> tags) {
            entities.persist(new Article(id, title, tags));
        }

        @Transactional
        @Invalidate(key = "article:#id")
        public void rename(long id, String title) {
            uncached(id).rename(title);
            entities.flush();
        }
    }
}
