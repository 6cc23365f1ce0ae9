package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.util.ClassUtils;

/** Leads calls of annotated methods to {@link ProxiedCalls}. Matches once per bean class and binds nothing. */
final class CacheAsideAdvisor extends AbstractPointcutAdvisor {

    private static final long serialVersionUID = 1L;

    /** Where advice stands among other advice. */
    enum Place {
        /** Reads: outside transactions. */
        READ,
        /** The lease of writes that write through: outside the transaction that the method begins. */
        AHEAD,
        /** Writes: inside it. */
        WRITE
    }

    private final Place place;
    private final transient ProxiedCalls calls;
    private final transient Pointcut pointcut = new AnnotatedMethodPointcut();

    CacheAsideAdvisor(Place place, ProxiedCalls calls) {
        this.place = place;
        this.calls = calls;
    }

    Place place() {
        return place;
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return place == Place.AHEAD ? (MethodInterceptor) calls::ahead : calls;
    }

    private boolean isMine(AnnotatedMethod method) {
        return switch (place) {
            case READ -> method.reads() && calls.interception().advises(method);
            case AHEAD -> method.writesThrough() && calls.interception().advisesAhead(method);
            case WRITE -> !method.reads() && calls.interception().advises(method);
        };
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
