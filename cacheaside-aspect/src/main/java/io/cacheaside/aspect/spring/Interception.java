package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.Woven;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * Which methods a proxy can advise.
 *
 * @param subclasses true where proxies are subclasses also of beans that have interfaces
 */
record Interception(boolean subclasses) {

    /** By its name, because spring-tx need not be there. */
    private static final String TRANSACTIONAL = "org.springframework.transaction.annotation.Transactional";

    /** True where the proxy has to advise the method: it is able to, and the weaver has not done it. */
    boolean advises(AnnotatedMethod method) {
        return !isWoven(method) && refusal(method).isEmpty();
    }

    /**
     * True where the proxy has to be ahead of a transaction that begins before the method's own advice: of a proxied method,
     * and of a woven one whose transaction a proxy begins.
     */
    boolean advisesAhead(AnnotatedMethod method) {
        return isWoven(method)
                ? isTransactional(method) && proxyRefusal(method).isEmpty()
                : refusal(method).isEmpty();
    }

    private static boolean isTransactional(AnnotatedMethod method) {
        return MergedAnnotations.from(method.method(), SearchStrategy.TYPE_HIERARCHY)
                        .isPresent(TRANSACTIONAL)
                || MergedAnnotations.from(method.target(), SearchStrategy.TYPE_HIERARCHY)
                        .isPresent(TRANSACTIONAL);
    }

    /** Why no proxy can advise {@code method}, as one sentence. */
    Optional<String> refusal(AnnotatedMethod method) {
        return isWoven(method) ? Optional.empty() : proxyRefusal(method);
    }

    private Optional<String> proxyRefusal(AnnotatedMethod method) {
        Method body = method.body() == null ? method.method() : method.body();
        int modifiers = body.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return refusal("private");
        }
        if (Modifier.isStatic(modifiers)) {
            return refusal("static");
        }
        if (Modifier.isFinal(modifiers) && !Proxy.isProxyClass(body.getDeclaringClass())) {
            return refusal("final");
        }
        return isClosed(method.target())
                ? Optional.of(method.target().getName() + " is a final class, which Spring cannot proxy by a subclass:"
                        + " take final away, give it an interface, or weave the class")
                : Optional.empty();
    }

    private static Optional<String> refusal(String modifier) {
        return Optional.of(
                "a proxy cannot intercept a " + modifier + " method: take " + modifier + " away, or weave the class");
    }

    private static boolean isWoven(AnnotatedMethod method) {
        return method.isBody() && method.method().isAnnotationPresent(Woven.class);
    }

    private boolean isClosed(Class<?> type) {
        return Modifier.isFinal(type.getModifiers())
                && !Proxy.isProxyClass(type)
                && !ClassUtils.isLambdaClass(type)
                && (subclasses || ClassUtils.getAllInterfacesForClass(type).length == 0);
    }
}
