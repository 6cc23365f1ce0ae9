package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Imports;
import io.cacheaside.aspect.shop.service.ImportService;
import io.cacheaside.aspect.spring.EnableCacheAside;
import org.junit.jupiter.api.AfterEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

class ProxiedImportsTest extends ImportsContract {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    static class Application {}

    @Override
    protected Imports service() {
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events));
        context.registerBean(Imports.class, () -> new ImportService(rows));
        context.register(Application.class);
        context.refresh();
        return context.getBean(Imports.class);
    }

    @AfterEach
    void close() {
        context.close();
    }
}
