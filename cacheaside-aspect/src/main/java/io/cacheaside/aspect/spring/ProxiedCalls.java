package io.cacheaside.aspect.spring;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.CacheAsideAdvice;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.plan.Plan;
import io.cacheaside.aspect.plan.Plans;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Calls of proxied methods. The client is asked for at the first call, not before: proxies are made early, and whatever
 * they need would be made before its own time.
 */
final class ProxiedCalls implements MethodInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(ProxiedCalls.class);

    private final BeanFactory beans;
    private final AtomicReference<@Nullable Bound> bound = new AtomicReference<>();
    private final AtomicBoolean unboundTold = new AtomicBoolean();
    private final Map<MethodOfClass, Plan> plans = new ConcurrentHashMap<>();
    private final AdviceOrder order = new AdviceOrder();

    ProxiedCalls(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Bound known = bound.get();
        Bound target = known != null ? known : boundOrNull(call.getMethod());
        return target == null
                ? call.proceed()
                : target.advice.invoke(plan(call, target), call.getArguments(), new ProxiedMethod(call));
    }

    /** The part of a write-through that stands outside the transaction which the method begins. */
    @Nullable
    Object ahead(MethodInvocation call) throws Throwable {
        Bound known = bound.get();
        Bound target = known != null ? known : boundOrNull(call.getMethod());
        return target == null
                ? call.proceed()
                : target.advice.ahead(plan(call, target), call.getArguments(), call::proceed);
    }

    /** What calls go through; asks for the client bean at first. */
    Bound bound() {
        Bound known = bound.get();
        if (known != null) {
            return known;
        }
        CacheAsideClient client = beans.getBean(CacheAsideClient.class);
        bound.compareAndSet(null, new Bound(client, new Plans(client), new CacheAsideAdvice(client)));
        return bound();
    }

    /** The order of advice that is asked for. */
    AdviceOrder order() {
        return order;
    }

    /** How the context makes proxies. */
    Interception interception() {
        String creator = AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME;
        return new Interception(beans.getBean(creator, ProxyConfig.class).isProxyTargetClass());
    }

    private @Nullable Bound boundOrNull(Method method) {
        try {
            return bound();
        } catch (BeanCurrentlyInCreationException | BeanCreationNotAllowedException e) {
            if (unboundTold.compareAndSet(false, true)) {
                LOG.warn("{} runs without cache, because the client is not there yet or no more", method, e);
            }
            return null;
        }
    }

    private Plan plan(MethodInvocation call, Bound target) {
        Object self = call.getThis();
        Method method = call.getMethod();
        MethodOfClass id = new MethodOfClass(method, self == null ? method.getDeclaringClass() : self.getClass());
        Plan known = plans.get(id);
        if (known != null) {
            return known;
        }
        if (call instanceof ProxyMethodInvocation proxied) {
            order.check(proxied.getProxy(), id.target);
        }
        Plan plan = target.plans.of(annotated(id));
        plans.put(id, plan);
        return plan;
    }

    private static AnnotatedMethod annotated(MethodOfClass id) {
        return AnnotatedMethods.find(id.method, ClassUtils.getUserClass(id.target))
                .orElseThrow(() -> new IllegalStateException(id.method + " has no annotations"));
    }

    /** One client with its plans. */
    record Bound(CacheAsideClient client, Plans plans, CacheAsideAdvice advice) {}

    private record MethodOfClass(Method method, Class<?> target) {}
}
