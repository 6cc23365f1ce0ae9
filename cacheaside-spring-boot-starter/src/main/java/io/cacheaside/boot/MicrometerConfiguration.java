package io.cacheaside.boot;

import io.cacheaside.metrics.MicrometerListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counts in the application's meter registry. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
class MicrometerConfiguration {

    /** Has the tag keys that Boot gives to the meters of Spring's caches: Prometheus wants one set of keys a name. */
    @Bean
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    @ConditionalOnMissingBean
    MicrometerListener cacheAsideMicrometerListener(MeterRegistry registry) {
        return new MicrometerListener(registry, cache -> Tags.of("cache.manager", "cacheaside", "name", cache));
    }
}
