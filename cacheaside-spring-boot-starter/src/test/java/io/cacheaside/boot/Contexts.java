package io.cacheaside.boot;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.Ticker;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contexts with the auto-configuration, and reads through their client. */
final class Contexts {

    private Contexts() {}

    /** A context of the application {@code shop} whose Redis, unless said otherwise, is down. */
    static ApplicationContextRunner shop() {
        return nameless().withPropertyValues("spring.application.name=shop");
    }

    static ApplicationContextRunner nameless() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CacheAsideAutoConfiguration.class));
    }

    /** A property whose name has a colon, which {@code withPropertyValues} takes for the end of a name. */
    static ApplicationContextInitializer<ConfigurableApplicationContext> property(String name, String value) {
        return context -> TestPropertyValues.of(Map.of(name, value)).applyTo(context);
    }

    /** Reads {@code <namespace>:user:<id>} with {@code loaded} as what the source has. */
    static Object read(CacheAsideClient client, String id, String loaded) {
        return read(path(client), client, id, loaded);
    }

    /** The reads of the cache {@code user}. */
    static ReadPath path(CacheAsideClient client) {
        return client.readPath(client.policyOf("user", CacheSettings.NONE), String.class);
    }

    /** As above, for many reads. */
    static Object read(ReadPath path, CacheAsideClient client, String id, String loaded) {
        try {
            return path.read(client.namespace() + ":user:" + id, () -> loaded, null);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Slots without Redis. */
    @Configuration(proxyBeanMethods = false)
    static class InMemory {
        private final MemorySlots slots = new MemorySlots(Ticker.system());

        @Bean
        CacheStore store() {
            return slots.store();
        }

        @Bean
        Leases leases() {
            return slots.leases();
        }
    }
}
