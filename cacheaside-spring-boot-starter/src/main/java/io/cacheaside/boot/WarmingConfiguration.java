package io.cacheaside.boot;

import io.cacheaside.aspect.spring.BeanReads;
import io.cacheaside.aspect.warm.CacheWarmer;
import io.cacheaside.aspect.warm.FlushWatch;
import io.cacheaside.aspect.warm.WarmListener;
import io.cacheaside.boot.CacheAsideProperties.Warm;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.HotCallLog;
import io.cacheaside.spi.WarmMark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** A warmer where something is to be warmed, and the record of hot calls where some are to be recorded. */
@Configuration(proxyBeanMethods = false)
@Conditional(WarmingConfiguration.OnWarming.class)
class WarmingConfiguration {

    private final Warm warm;

    WarmingConfiguration(CheckedSettings settings) {
        this.warm = settings.properties().warm();
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnHotKeys.class)
    HotCalls cacheAsideHotCalls(ObjectProvider<HotCallLog> log, ObjectProvider<CacheListener> listeners) {
        HotCallLog record = log.getIfUnique();
        if (record == null) {
            throw new ConfigurationException("cacheaside.warm.hot-keys.caches = "
                    + String.join(",", warm.hotKeys().caches())
                    + " needs Redis to record calls in, or a bean of type HotCallLog beside your own CacheStore");
        }
        List<CacheListener> told = listeners.orderedStream().toList();
        return HotCalls.record(warm.hotKeys().toHotCallPolicy(), record, CacheListener.all(told));
    }

    /** Is told by the client that a master has changed. */
    @Bean(destroyMethod = "close")
    @ConditionalOnBean(WarmMark.class)
    @Conditional(OnFlushWatch.class)
    FlushWatch cacheAsideFlushWatch(WarmMark mark) {
        return new FlushWatch(mark, warm.lookForFlush());
    }

    @Bean
    TrafficGate cacheAsideTrafficGate(ApplicationEventPublisher events) {
        return new TrafficGate(events, warm.refuseTraffic() == CacheAsideProperties.RefuseTraffic.ALWAYS);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    CacheWarmer cacheAsideWarmer(
            ObjectProvider<BeanReads> reads,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<HotCalls> hotCalls,
            ObjectProvider<FlushWatch> watch,
            ObjectProvider<RedisSlotsConfiguration.Serving> serving,
            ObjectProvider<WarmListener> listeners) {
        CacheWarmer.Builder warmer =
                CacheWarmer.builder().policy(warm.toWarmPolicy()).checkLater();
        hotCalls.ifUnique(calls -> warm.hotKeys()
                .caches()
                .forEach(cache -> warmer.source(
                        WarmingSource.HOT + cache, WarmingSource.ofHotCalls(cache, reads::getObject, calls))));
        warm.sources()
                .forEach((name, source) ->
                        warmer.source(name, WarmingSource.of(source, reads::getObject, dataSource::getIfUnique)));
        listeners.orderedStream().forEach(warmer::listener);
        watch.ifUnique(warmer::flushWatch);
        serving.ifUnique(warmer::awaitServing);
        return warmer.build();
    }

    @Bean
    WarmingLifecycle cacheAsideWarming(CacheWarmer warmer) {
        return new WarmingLifecycle(warmer, warm);
    }

    /** The last runner: others may put in place what the sources tell of. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ApplicationRunner cacheAsideWarmingAtStart(WarmingLifecycle warming) {
        return arguments -> warming.warmAtStart();
    }

    private static <T> T bound(ConditionContext context, String name, Bindable<T> type, T otherwise) {
        Environment environment = context.getEnvironment();
        return Binder.get(environment).bind("cacheaside.warm." + name, type).orElse(otherwise);
    }

    private static boolean recordsHotKeys(ConditionContext context) {
        return !bound(context, "hot-keys.caches", Bindable.listOf(String.class), List.of())
                .isEmpty();
    }

    private static ConditionOutcome outcome(String what, boolean matches) {
        return new ConditionOutcome(
                matches,
                ConditionMessage.forCondition("cacheaside.warm")
                        .because(what + " is " + (matches ? "" : "not ") + "set"));
    }

    /** Matches where a source is named or hot keys are recorded. */
    static class OnWarming extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean sources = !bound(
                            context,
                            "sources",
                            Bindable.mapOf(String.class, CacheAsideProperties.Source.class),
                            Map.of())
                    .isEmpty();
            return outcome("sources or hot-keys.caches", sources || recordsHotKeys(context));
        }
    }

    /** Matches where hot keys are recorded. */
    static class OnHotKeys extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return outcome("hot-keys.caches", recordsHotKeys(context));
        }
    }

    /** Matches where it is looked for flushes. */
    static class OnFlushWatch extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Duration every = bound(context, "look-for-flush", Bindable.of(Duration.class), Duration.ofSeconds(10));
            return outcome("look-for-flush", !every.isZero());
        }
    }
}
