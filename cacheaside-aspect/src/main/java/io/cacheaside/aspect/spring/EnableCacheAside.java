package io.cacheaside.aspect.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * Switches {@code @CacheAside} and {@code @Invalidate} on for the beans of an application context, through the one
 * {@link io.cacheaside.CacheAsideClient} bean in it. Give that client the context's
 * {@link io.cacheaside.spi.TransactionBoundary} bean.
 *
 * <p>Every bean class is checked before the context is ready, lazy beans included; one
 * {@link io.cacheaside.error.ConfigurationException} tells all mistakes. Methods that ajc has woven go through the same
 * client and are advised once. Reads are advised outside a transaction interceptor, so that a hit opens no transaction;
 * writes inside it, so that a rollback invalidates nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(CacheAsideRegistrar.class)
public @interface EnableCacheAside {

    /** True: beans are proxied by subclasses also where they have interfaces. */
    boolean proxyTargetClass() default false;

    /**
     * Place of the read advice among other advice: after authorization, before transactions. Advice with a higher
     * number runs on misses only.
     */
    int order() default Ordered.LOWEST_PRECEDENCE - 1000;
}
