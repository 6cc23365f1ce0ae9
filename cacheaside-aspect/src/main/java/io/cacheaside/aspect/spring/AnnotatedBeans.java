package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import io.cacheaside.error.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Checks the classes of all beans when the singletons are there and before anything is started; makes no bean for it.
 * Then woven methods go through the client too, until the context is closed.
 */
final class AnnotatedBeans implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AnnotatedBeans.class);

    private static final String HIDDEN = "the bean is proxied by its interfaces and none of them has the method:"
            + " declare it there, or use @EnableCacheAside(proxyTargetClass = true)";

    private final ConfigurableListableBeanFactory beans;
    private final ProxiedCalls calls;
    private @Nullable CacheAsideWeaving weaving;

    AnnotatedBeans(ConfigurableListableBeanFactory beans, ProxiedCalls calls) {
        this.beans = beans;
        this.calls = calls;
    }

    @Override
    public void afterSingletonsInstantiated() {
        ProxiedCalls.Bound bound = bound();
        Interception interception = calls.interception();
        Map<Class<?>, List<AnnotatedMethod>> byType = new LinkedHashMap<>();
        List<AnnotatedMethod> hidden = new ArrayList<>();
        Map<Class<?>, String> disordered = new HashMap<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = type(beans, name);
            if (type != null) {
                List<AnnotatedMethod> methods = byType.computeIfAbsent(type, AnnotatedMethods::of);
                hidden.addAll(hidden(name, methods, interception));
                disorder(name).ifPresent(sentence -> disordered.put(type, sentence));
            }
        }
        List<AnnotatedMethod> methods =
                byType.values().stream().flatMap(List::stream).toList();
        bound.plans()
                .check(
                        methods,
                        method -> hidden.contains(method)
                                ? Optional.of(HIDDEN)
                                : interception
                                        .refusal(method)
                                        .or(() -> Optional.ofNullable(disordered.get(method.target()))));
        weaving = CacheAsideWeaving.bind(bound.client());
    }

    @Override
    public void destroy() {
        if (weaving != null) {
            weaving.close();
        }
    }

    private ProxiedCalls.Bound bound() {
        try {
            return calls.bound();
        } catch (NoSuchBeanDefinitionException e) {
            throw new ConfigurationException(
                    "@EnableCacheAside needs exactly one bean of type CacheAsideClient: " + e.getMessage());
        }
    }

    /** The class of a bean as its author wrote it, without making the bean; null where that is not known. */
    static @Nullable Class<?> type(ConfigurableListableBeanFactory beans, String name) {
        try {
            Object original =
                    beans.getMergedBeanDefinition(name).getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE);
            Class<?> type = original instanceof Class<?> c ? c : beans.getType(name, false);
            return type == null || ScopedObject.class.isAssignableFrom(type) ? null : ClassUtils.getUserClass(type);
        } catch (BeansException | LinkageError e) {
            LOG.debug("The class of bean '{}' is not known before it is made", name, e);
            return null;
        }
    }

    /** The methods of an existing bean that its proxy does not offer. */
    private List<AnnotatedMethod> hidden(String name, List<AnnotatedMethod> methods, Interception interception) {
        Object bean = beans.containsSingleton(name) ? beans.getSingleton(name) : null;
        if (bean == null || bean instanceof FactoryBean<?>) {
            return List.of();
        }
        List<AnnotatedMethod> wanted =
                methods.stream().filter(interception::advises).toList();
        if (!wanted.isEmpty() && !isAdvised(bean)) {
            LOG.warn("Annotated methods of bean '{}' run without cache, because no proxy was made for it", name);
        }
        return AopUtils.isJdkDynamicProxy(bean)
                ? wanted.stream().filter(method -> !isOffered(method, bean)).toList()
                : List.of();
    }

    private Optional<String> disorder(String name) {
        return beans.containsSingleton(name) && beans.getSingleton(name) instanceof Advised advised
                ? calls.order().refusal(advised)
                : Optional.empty();
    }

    private static boolean isAdvised(Object bean) {
        if (!(bean instanceof Advised advised)) {
            return AopUtils.isAopProxy(bean);
        }
        return List.of(advised.getAdvisors()).stream().anyMatch(CacheAsideAdvisor.class::isInstance);
    }

    private static boolean isOffered(AnnotatedMethod method, Object proxy) {
        return ClassUtils.getAllInterfacesAsSet(proxy).stream()
                .flatMap(type -> List.of(type.getMethods()).stream())
                .flatMap(offered -> AnnotatedMethods.find(offered, method.target()).stream())
                .anyMatch(method::equals);
    }
}
