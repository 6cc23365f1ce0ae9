package io.cacheaside.aspect;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Ahead;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Passed;
import io.cacheaside.aspect.shop.service.AheadService;
import io.cacheaside.aspect.spring.EnableCacheAside;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.After;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;

class ProxiedAheadTest extends AheadContract {

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

    /** Advice of the application, which asks its thread for the invocation. */
    @Aspect
    static class Noting {

        @Before("execution(* io.cacheaside.aspect.shop.Ahead.find(..))")
        public void before(JoinPoint call) {
            Passed.by("before " + call.getArgs()[0]);
        }

        @After("execution(* io.cacheaside.aspect.shop.Ahead.find(..))")
        public void after(JoinPoint call) {
            Passed.by("after " + call.getArgs()[0]);
        }
    }

    @Override
    protected Ahead service() {
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events));
        context.registerBean(Ahead.class, () -> new AheadService(rows));
        context.register(Application.class);
        context.refresh();
        return context.getBean(Ahead.class);
    }

    @BeforeEach
    void forget() {
        Passed.forget();
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void otherAdviceOfTheMethod_isRepeatedInTheBackground() {
        shop.find(1);
        Passed.forget();
        await("a load in the background", () -> {
            shop.find(1);
            return events.all().contains("refresh ahead STORED");
        });
        assertThat(Passed.all())
                .startsWith("before 1 on cacheaside-refresh", "after 1 on cacheaside-refresh")
                .noneMatch(passed -> !passed.endsWith("cacheaside-refresh"));
    }
}
