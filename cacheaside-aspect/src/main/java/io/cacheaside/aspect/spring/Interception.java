package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.Woven;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.springframework.util.ClassUtils;

/**
 * Which methods a proxy can advise.
 *
 * @param subclasses true where proxies are subclasses also of beans that have interfaces
 */
record Interception(boolean subclasses) {

    /** True where the proxy has to advise the method: it is able to, and the weaver has not done it. */
    boolean advises(AnnotatedMethod method) {
        return !isWoven(method) && refusal(method).isEmpty();
    }

    /** Why no proxy can advise {@code method}, as one sentence. */
    Optional<String> refusal(AnnotatedMethod method) {
        if (isWoven(method)) {
            return Optional.empty();
        }
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
