package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.aop.Advice;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.util.ClassUtils;

/** Leads calls of annotated methods to {@link ProxiedCalls}. Matches once per bean class and binds nothing. */
final class CacheAsideAdvisor extends AbstractPointcutAdvisor {

    private static final long serialVersionUID = 1L;

    private final boolean reads;
    private final transient ProxiedCalls calls;
    private final transient Pointcut pointcut = new AnnotatedMethodPointcut();

    /** For reads or for writes: they have different places among other advice. */
    CacheAsideAdvisor(boolean reads, ProxiedCalls calls) {
        this.reads = reads;
        this.calls = calls;
    }

    boolean reads() {
        return reads;
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return calls;
    }

    private boolean isMine(AnnotatedMethod method) {
        return method.reads() == reads && calls.interception().advises(method);
    }

    private final class AnnotatedMethodPointcut extends StaticMethodMatcherPointcut {

        private final Map<Class<?>, Boolean> classes = new ConcurrentHashMap<>();

        AnnotatedMethodPointcut() {
            setClassFilter(type -> classes.computeIfAbsent(
                    ClassUtils.getUserClass(type),
                    user -> AnnotatedMethods.of(user).stream().anyMatch(CacheAsideAdvisor.this::isMine)));
        }

        @Override
        public boolean matches(Method method, Class<?> target) {
            return AnnotatedMethods.find(method, ClassUtils.getUserClass(target))
                    .filter(CacheAsideAdvisor.this::isMine)
                    .isPresent();
        }
    }
}
