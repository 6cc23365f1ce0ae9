package io.cacheaside.boot;

import io.cacheaside.CacheAsideClient;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Warns of {@code cacheaside.caches.<name>} that no annotation and no handle names, once all beans are made and checked. A
 * warning only: woven classes that are no beans, and later handles, are not known yet.
 */
final class UnusedSettings implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger log = LoggerFactory.getLogger(UnusedSettings.class);

    private final CacheAsideClient client;

    UnusedSettings(CacheAsideClient client) {
        this.client = client;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        Set<String> unused = new TreeSet<>(client.configuredCaches());
        unused.removeAll(client.knownCaches());
        unused.removeAll(client.writtenCaches());
        unused.forEach(name -> log.warn(
                "cacheaside.caches.{}.* are settings of a cache that no bean's annotation and no handle names; the caches are {}",
                name,
                new TreeSet<>(client.knownCaches())));
    }
}
