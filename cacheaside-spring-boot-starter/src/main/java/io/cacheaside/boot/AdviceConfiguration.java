package io.cacheaside.boot;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.spring.EnableCacheAside;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The advice on annotated beans, with proxies as {@code spring.aop.proxy-target-class} wants them. */
@Configuration(proxyBeanMethods = false)
class AdviceConfiguration {

    @Bean
    static UnusedSettings cacheAsideUnusedSettings(CacheAsideClient client) {
        return new UnusedSettings(client);
    }

    /** Boot's default: subclasses, also of beans with interfaces. */
    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    @ConditionalOnProperty(name = "spring.aop.proxy-target-class", havingValue = "true", matchIfMissing = true)
    static class BySubclass {}

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    @ConditionalOnProperty(name = "spring.aop.proxy-target-class", havingValue = "false")
    static class ByInterface {}
}
