package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.plan.ReadPlan;
import io.cacheaside.aspect.warm.WarmCall;
import io.cacheaside.error.ConfigurationException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/** The annotated reads of a context's beans, as calls of a warmer. Makes no bean before its first call. */
public final class BeanReads {

    private static final Logger LOG = LoggerFactory.getLogger(BeanReads.class);

    private final ConfigurableListableBeanFactory beans;
    private final ProxiedCalls calls;

    BeanReads(ConfigurableListableBeanFactory beans, ProxiedCalls calls) {
        this.beans = beans;
        this.calls = calls;
    }

    /** All of them whose annotations hold together; the others are reported elsewhere. For when the singletons are there. */
    public List<BeanRead> all() {
        return Stream.of(beans.getBeanDefinitionNames())
                .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
                .flatMap(this::reads)
                .toList();
    }

    private Stream<BeanRead> reads(String name) {
        Class<?> type = AnnotatedBeans.type(beans, name);
        return type == null
                ? Stream.of()
                : AnnotatedMethods.of(type).stream()
                        .filter(AnnotatedMethod::reads)
                        .flatMap(method -> Stream.ofNullable(read(name, method)));
    }

    private @Nullable BeanRead read(String name, AnnotatedMethod method) {
        try {
            return !(calls.bound().plans().of(method) instanceof ReadPlan plan)
                    ? null
                    : new BeanRead(
                            plan.cache(), name, method, WarmCall.of(method, new Invocation(beans, name, method)));
        } catch (ConfigurationException e) {
            LOG.debug("{} cannot be warmed", method.where(), e);
            return null;
        }
    }

    /** Looks the method up when the bean is there: its proxy may offer another one. */
    private static final class Invocation implements WarmCall.Invocation {

        private final ConfigurableListableBeanFactory beans;
        private final String name;
        private final AnnotatedMethod method;
        private volatile @Nullable Method invocable;

        Invocation(ConfigurableListableBeanFactory beans, String name, AnnotatedMethod method) {
            this.beans = beans;
            this.name = name;
            this.method = method;
        }

        @Override
        public @Nullable Object call(@Nullable Object[] args) throws Throwable {
            Object bean = beans.getBean(name);
            Method known = invocable;
            if (known == null) {
                known = AopUtils.selectInvocableMethod(method.method(), bean.getClass());
                ReflectionUtils.makeAccessible(known);
                invocable = known;
            }
            return WarmCall.invoke(known, bean, args);
        }
    }
}
