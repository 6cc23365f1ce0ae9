package io.cacheaside.boot;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.redisson.RedissonHotCallLog;
import io.cacheaside.redisson.RedissonPolicy;
import io.cacheaside.redisson.RedissonSlots;
import io.cacheaside.redisson.RedissonWarmMark;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.HotCallLog;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.WarmMark;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Store and leases on Redis, where the application brings neither. Nothing here waits for Redis, but for fail-fast. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedissonSlots.class)
@ConditionalOnMissingBean({CacheStore.class, Leases.class})
class RedisSlotsConfiguration {

    private static final Duration FAIL_FAST = Duration.ofSeconds(5);

    @Bean
    RedisHold cacheAsideRedis(
            CheckedSettings settings, Environment environment, ConfigurableListableBeanFactory beans) {
        RedisHold bean = RedisHold.ofBean(beans, "cacheAsideRedis");
        return bean != null
                ? bean
                : RedisHold.open(RedisSource.of(settings.properties().redis(), Binder.get(environment)));
    }

    @Bean
    RedissonSlots cacheAsideSlots(RedisHold cacheAsideRedis, CheckedSettings settings) {
        // the engine waits as long as each cache's policy says; the adapter must not give up earlier
        RedissonPolicy policy = new RedissonPolicy(
                settings.longest(CachePolicy::readTimeout),
                settings.longest(CachePolicy::leaseTimeout),
                settings.longest(CachePolicy::fillTimeout),
                settings.longest(CachePolicy::invalidateTimeout),
                RedissonPolicy.DEFAULTS.longestWait());
        RedissonSlots slots = RedissonSlots.open(cacheAsideRedis.client(), settings.namespace(), policy);
        if (settings.properties().failFast()) {
            awaitServing(slots);
        }
        return slots;
    }

    private static void awaitServing(RedissonSlots slots) {
        try {
            slots.awaitServing(FAIL_FAST);
        } catch (ConfigurationException e) {
            slots.close();
            throw new ConfigurationException("cacheaside.fail-fast = true, and " + e.getMessage());
        }
    }

    @Bean
    CacheStore cacheAsideStore(RedissonSlots cacheAsideSlots) {
        return cacheAsideSlots.store();
    }

    @Bean
    Leases cacheAsideLeases(RedissonSlots cacheAsideSlots) {
        return cacheAsideSlots.leases();
    }

    @Bean
    @ConditionalOnMissingBean
    HotCallLog cacheAsideHotCallLog(RedisHold cacheAsideRedis, CheckedSettings settings) {
        return new RedissonHotCallLog(cacheAsideRedis.client(), settings.namespace());
    }

    @Bean
    @ConditionalOnMissingBean
    WarmMark cacheAsideWarmMark(RedisHold cacheAsideRedis, CheckedSettings settings) {
        return new RedissonWarmMark(cacheAsideRedis.client(), settings.namespace());
    }

    /** What the warmer waits for. */
    @Bean
    Serving cacheAsideServing(RedissonSlots cacheAsideSlots) {
        return cacheAsideSlots::awaitServing;
    }

    /** Returns when Redis serves; fails where that takes longer. */
    interface Serving extends Consumer<Duration> {}
}
