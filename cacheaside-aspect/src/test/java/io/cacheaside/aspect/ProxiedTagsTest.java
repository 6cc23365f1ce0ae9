package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Tagged;
import io.cacheaside.aspect.shop.service.TaggedService;
import io.cacheaside.aspect.spring.EnableCacheAside;
import org.junit.jupiter.api.AfterEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

class ProxiedTagsTest extends TagsContract {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    static class Application {}

    @Override
    protected Tagged service() {
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events));
        context.registerBean(Tagged.class, () -> new TaggedService(rows));
        context.register(Application.class);
        context.refresh();
        return context.getBean(Tagged.class);
    }

    @AfterEach
    void close() {
        context.close();
    }
}
