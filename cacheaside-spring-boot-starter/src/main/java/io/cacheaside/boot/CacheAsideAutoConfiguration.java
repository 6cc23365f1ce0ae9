package io.cacheaside.boot;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.spi.ValueCodec;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * A cache-aside client on Redis for every application with this starter on its class path. Every bean backs off before
 * the application's own: {@link CacheStore} and {@link Leases} (together), {@link ValueCodec},
 * {@link TransactionBoundary}, {@link Outbox}, {@link CacheAsideClient}, {@link HotCalls}. All {@link CacheListener} beans are told.
 *
 * <p>The application starts while Redis is down. {@code cacheaside.enabled=false} leaves everything out.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.redisson.spring.starter.RedissonAutoConfigurationV2",
            "org.redisson.spring.starter.RedissonAutoConfigurationV4",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@Conditional(OnEnabled.class)
@EnableConfigurationProperties(CacheAsideProperties.class)
@Import({
    RedisSlotsConfiguration.class,
    OutboxConfiguration.class,
    MicrometerConfiguration.class,
    WarmingConfiguration.class,
    AdviceConfiguration.class
})
public class CacheAsideAutoConfiguration {

    @Bean
    CheckedSettings cacheAsideSettings(CacheAsideProperties properties, Environment environment) {
        return CheckedSettings.of(properties, environment);
    }

    @Bean
    @ConditionalOnMissingBean
    ValueCodec cacheAsideCodec(CheckedSettings settings) {
        return CodecChoice.of(settings.properties().defaults().codec(), settings.properties());
    }

    @Bean
    @ConditionalOnMissingBean
    CacheAsideClient cacheAsideClient(
            CheckedSettings settings,
            CacheStore store,
            Leases leases,
            ValueCodec codec,
            TransactionBoundary transactions,
            ObjectProvider<Outbox> outbox,
            ObjectProvider<HotCalls> hotCalls,
            ObjectProvider<CacheListener> listeners) {
        CacheAsideClientBuilder client = settings.applyTo(CacheAsideClient.builder())
                .store(store)
                .leases(leases)
                .codec(codec)
                .transactions(transactions);
        CodecChoice.addTo(client, settings.properties());
        outbox.ifUnique(client::outbox);
        hotCalls.ifUnique(client::hotCalls);
        listeners.orderedStream().forEach(client::listener);
        return client.build();
    }
}
