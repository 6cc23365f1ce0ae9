package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.spring.CacheAsideAdvisor.Place;
import io.cacheaside.spi.TransactionBoundary;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Registers what {@link EnableCacheAside} promises. */
final class CacheAsideRegistrar implements ImportBeanDefinitionRegistrar {

    private static final String PREFIX = "io.cacheaside.aspect.spring.";
    private static final String CALLS = PREFIX + "calls";
    private static final String SYNCHRONIZATION =
            "org.springframework.transaction.support.TransactionSynchronizationManager";

    CacheAsideRegistrar() {}

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        MergedAnnotation<EnableCacheAside> enable = importing.getAnnotations().get(EnableCacheAside.class);
        AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
        if (enable.getBoolean("proxyTargetClass")) {
            AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
        }
        register(registry, "calls", wired(ProxiedCalls.class));
        register(registry, "readAdvisor", advisor(Place.READ, enable.getInt("order")));
        register(registry, "aheadAdvisor", advisor(Place.AHEAD, enable.getInt("order")));
        register(registry, "lastAdvisor", BeanDefinitionBuilder.rootBeanDefinition(LastAdvisor.class));
        register(registry, "beans", wired(AnnotatedBeans.class));
        register(registry, "reads", wired(BeanReads.class));
        boolean transactional = ClassUtils.isPresent(SYNCHRONIZATION, CacheAsideRegistrar.class.getClassLoader());
        register(registry, "transactions", transactions(transactional));
        if (transactional) {
            register(registry, "transactionSetup", wired(TransactionSetup.class));
        }
    }

    private static void register(BeanDefinitionRegistry registry, String name, BeanDefinitionBuilder bean) {
        if (!registry.containsBeanDefinition(PREFIX + name)) {
            bean.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            registry.registerBeanDefinition(PREFIX + name, bean.getBeanDefinition());
        }
    }

    private static BeanDefinitionBuilder wired(Class<?> type) {
        return BeanDefinitionBuilder.rootBeanDefinition(type)
                .setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
    }

    private static BeanDefinitionBuilder advisor(Place place, int order) {
        return BeanDefinitionBuilder.rootBeanDefinition(CacheAsideAdvisor.class)
                .addConstructorArgValue(place)
                .addConstructorArgReference(CALLS)
                .addPropertyValue("order", order);
    }

    /** An application's own boundary goes first. */
    private static BeanDefinitionBuilder transactions(boolean transactional) {
        BeanDefinitionBuilder boundary = transactional
                ? wired(SpringTransactions.class)
                : BeanDefinitionBuilder.rootBeanDefinition(TransactionBoundary.class, "none");
        boundary.getRawBeanDefinition().setFallback(true);
        return boundary;
    }

    /**
     * Registers the write advisor when all other definitions are there. Advice of equal order nests in the order of its
     * definitions, so this one comes inside the transaction interceptor, whose order is the lowest possible too.
     */
    static final class LastAdvisor implements BeanDefinitionRegistryPostProcessor, Ordered {

        LastAdvisor() {}

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            register(registry, "writeAdvisor", advisor(Place.WRITE, Ordered.LOWEST_PRECEDENCE));
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
