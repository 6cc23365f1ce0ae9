package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Catalogue;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.shop.service.ShopService;
import io.cacheaside.aspect.spring.EnableCacheAside;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.RootClassFilter;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

class ProxiedCatalogueTest {

    abstract static class Proxied extends CatalogueContract {

        final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

        abstract Class<?> configuration();

        Catalogue target() {
            return new ShopService(rows);
        }

        @Override
        protected Catalogue service() {
            Catalogue target = target();
            context.setClassLoader(target.getClass().getClassLoader());
            context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events, ticker));
            context.registerBean(Catalogue.class, () -> target);
            context.register(configuration());
            context.refresh();
            return context.getBean(Catalogue.class);
        }

        @AfterEach
        void close() {
            context.close();
        }
    }

    @Nested
    class BySubclass extends Proxied {

        @Configuration(proxyBeanMethods = false)
        @EnableCacheAside(proxyTargetClass = true)
        static class Subclassing {}

        @Override
        Class<?> configuration() {
            return Subclassing.class;
        }

        @Test
        void bean_isASubclass() {
            assertThat(AopUtils.isCglibProxy(context.getBean(Catalogue.class))).isTrue();
        }
    }

    @Nested
    class ByInterface extends Proxied {

        @Configuration(proxyBeanMethods = false)
        @EnableCacheAside
        static class Interfaces {}

        @Override
        Class<?> configuration() {
            return Interfaces.class;
        }

        @Test
        void bean_isAJdkProxy() {
            assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Catalogue.class)))
                    .isTrue();
        }

        @Test
        void selfInvocation_isNotCached() {
            Catalogue shop = context.getBean(Catalogue.class);
            shop.selfInvoking(1);
            shop.selfInvoking(1);
            assertThat(rows.reads()).isEqualTo(2);
        }
    }

    @Nested
    class AlsoWoven extends Proxied {

        @Override
        Class<?> configuration() {
            return BySubclass.Subclassing.class;
        }

        @Override
        Catalogue target() {
            return (Catalogue) Weaver.wovenService("ShopService", rows);
        }

        @Test
        void bean_isNotProxied() {
            assertThat(AopUtils.isAopProxy(context.getBean(Catalogue.class))).isFalse();
        }

        @Test
        void selfInvocation_isCached() {
            Catalogue shop = context.getBean(Catalogue.class);
            shop.selfInvoking(1);
            shop.selfInvoking(1);
            assertThat(rows.reads()).isEqualTo(1);
        }
    }

    /** Another advisor makes the proxy; then only the mark keeps ours away. */
    @Nested
    class WovenAndProxiedForAnotherReason extends Proxied {

        @Configuration(proxyBeanMethods = false)
        @EnableCacheAside(proxyTargetClass = true)
        static class WithOtherAdvice {

            @Bean
            @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
            DefaultPointcutAdvisor other() {
                return new DefaultPointcutAdvisor(
                        new ComposablePointcut(new RootClassFilter(Catalogue.class)),
                        (MethodInterceptor) MethodInvocation::proceed);
            }
        }

        @Override
        Class<?> configuration() {
            return WithOtherAdvice.class;
        }

        @Override
        Catalogue target() {
            return (Catalogue) Weaver.wovenService("ShopService", rows);
        }

        @Test
        void bean_isProxied() {
            assertThat(AopUtils.isAopProxy(context.getBean(Catalogue.class))).isTrue();
        }
    }
}
