package io.cacheaside.boot;

import io.cacheaside.aspect.weave.CacheAsideWeaving;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** What is left with {@code cacheaside.enabled=false}: woven methods are told that nobody forgot to bind them. */
@AutoConfiguration
@Conditional(CacheAsideOffAutoConfiguration.OnDisabled.class)
public class CacheAsideOffAutoConfiguration {

    @Bean
    CacheAsideWeaving cacheAsideOff() {
        return CacheAsideWeaving.off();
    }

    /** The opposite of {@link OnEnabled}. */
    static class OnDisabled extends NoneNestedConditions {

        OnDisabled() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @Conditional(OnEnabled.class)
        static class Enabled {}
    }
}
