package io.cacheaside.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.metrics.MicrometerListener;
import io.cacheaside.spi.CacheListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MicrometerConfigurationTest {

    private final ApplicationContextRunner shop = Contexts.shop().withUserConfiguration(Contexts.InMemory.class);

    @Test
    void registry_getsTheCounts_withBootsTagKeys() {
        shop.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            Contexts.read(context.getBean(CacheAsideClient.class), "42", "Ann");

            assertThat(context.getBean(MeterRegistry.class)
                            .get("cache.gets")
                            .tags("cache", "user", "result", "miss", "cache.manager", "cacheaside", "name", "user")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void registryAndAListenerOfTheApplication_areBothTold() {
        List<String> told = new ArrayList<>();
        CacheListener theirs = new CacheListener() {
            @Override
            public void hit(String cache) {
                told.add(cache);
            }
        };
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        shop.withBean(MeterRegistry.class, () -> registry)
                .withBean("theirs", CacheListener.class, () -> theirs)
                .run(context -> {
                    context.getBean(CacheAsideClient.class).listener().hit("user");
                    assertThat(told).containsExactly("user");
                    assertThat(registry.get("cache.gets")
                                    .tags("cache", "user", "result", "hit")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void listenerOfTheApplicationsOwnMaking_replacesOurs() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        shop.withBean(MeterRegistry.class, () -> registry)
                .withBean("own", MicrometerListener.class, () -> new MicrometerListener(registry))
                .run(context -> assertThat(context)
                        .hasSingleBean(MicrometerListener.class)
                        .hasBean("own"));
    }

    @Test
    void noRegistry_countsNothing() {
        shop.run(context -> assertThat(context).doesNotHaveBean(CacheListener.class));
    }

    @Test
    void noMicrometer_startsAndReads() {
        shop.withClassLoader(new FilteredClassLoader("io.micrometer")).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(CacheListener.class);
            assertThat(Contexts.read(context.getBean(CacheAsideClient.class), "42", "Ann"))
                    .isEqualTo("Ann");
        });
    }
}
