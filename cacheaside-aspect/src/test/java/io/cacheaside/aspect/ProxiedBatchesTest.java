package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Batches;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.service.BatchService;
import io.cacheaside.aspect.spring.BeanRead;
import io.cacheaside.aspect.spring.BeanReads;
import io.cacheaside.aspect.spring.EnableCacheAside;
import java.util.ArrayList;
import java.util.List;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;

class ProxiedBatchesTest extends BatchesContract {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside
    @EnableAspectJAutoProxy
    static class Application {

        @Bean
        Noting noting() {
            return new Noting();
        }
    }

    /** Advice of the application inside the cache's. */
    @Aspect
    static class Noting {

        private final List<Object> seen = new ArrayList<>();

        @Before("execution(* io.cacheaside.aspect.shop.Batches.findAll(..))")
        public void before(JoinPoint call) {
            seen.add(call.getArgs()[0]);
        }
    }

    @Override
    protected Batches service() {
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events));
        context.registerBean(Batches.class, () -> new BatchService(rows));
        context.register(Application.class);
        context.refresh();
        return context.getBean(Batches.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void otherAdviceOfTheMethod_seesTheElementsThatAreLoaded() {
        Batches shop = context.getBean(Batches.class);
        rows.put(new Product(4, "rug", 4));
        shop.findAll(List.of(1L, 4L));
        shop.findAll(List.of(1L, 2L, 4L));
        assertThat(context.getBean(Noting.class).seen).containsExactly(List.of(1L, 4L), List.of(2L));
    }

    @Test
    void warmer_isOfferedTheMethodOfOneElementOnly() {
        assertThat(context.getBean(BeanReads.class).all())
                .extracting(BeanRead::cache)
                .containsExactly("product");
    }
}
