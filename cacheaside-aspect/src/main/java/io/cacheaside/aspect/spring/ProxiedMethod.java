package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.RepeatableCall;
import io.cacheaside.engine.Loader;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/** What is behind our advice in one call of a proxied method: the advice that comes after it, and the method. */
record ProxiedMethod(MethodInvocation call) implements RepeatableCall {

    @Override
    public @Nullable Object load() throws Throwable {
        return call.proceed();
    }

    @Override
    public Loader with(@Nullable Object[] args) {
        MethodInvocation clone = ((ProxyMethodInvocation) call).invocableClone(args);
        return () -> ExposeInvocationInterceptor.INSTANCE.invoke(clone);
    }

    /**
     * The invocation counts how far it has come, so another run needs a clone, made before this one goes on. Advice written with
     * AspectJ's annotations asks the thread which invocation it is in, so the other thread has to be told.
     */
    @Override
    public Loader detached() {
        MethodInvocation clone = ((ProxyMethodInvocation) call).invocableClone();
        return () -> ExposeInvocationInterceptor.INSTANCE.invoke(clone);
    }
}
