package io.cacheaside.boot;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.spring.SpringTransactionConnection;
import io.cacheaside.jdbc.JdbcOutbox;
import io.cacheaside.jdbc.RelayPolicy;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Outbox;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** The outbox in the application's database, and the relay that delivers what is left in it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({JdbcOutbox.class, DataSourceUtils.class})
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnProperty(name = "cacheaside.outbox.enabled", havingValue = "true", matchIfMissing = true)
class OutboxConfiguration {

    @Bean
    @ConditionalOnMissingBean(Outbox.class)
    JdbcOutbox cacheAsideOutbox(DataSource dataSource, CheckedSettings settings) {
        return JdbcOutbox.on(dataSource, new SpringTransactionConnection(dataSource), settings.namespace());
    }

    @Bean
    @ConditionalOnBean(JdbcOutbox.class)
    RelayLifecycle cacheAsideRelay(
            JdbcOutbox outbox, CacheStore store, CacheAsideClient client, CheckedSettings settings) {
        RelayPolicy policy = RelayPolicy.DEFAULTS.withPollInterval(
                settings.properties().outbox().pollInterval());
        return new RelayLifecycle(outbox, store, client, policy);
    }
}
