package io.cacheaside.aspect.weave;

import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.jspecify.annotations.Nullable;

/** The advice that ajc weaves into every annotated method body. It runs the method alone while nothing is bound. */
@Aspect
public final class CacheAsideAspect {

    /** Made once by the weaver's runtime. */
    public CacheAsideAspect() {}

    /** One call of an annotated method. */
    @Around("execution(@io.cacheaside.annotation.CacheAside * *(..))"
            + " || execution(@io.cacheaside.annotation.Invalidate * *(..))"
            + " || execution(@io.cacheaside.annotation.Invalidate.List * *(..))"
            + " || execution(@io.cacheaside.annotation.WriteThrough * *(..))")
    public @Nullable Object around(ProceedingJoinPoint call) throws Throwable {
        WovenCalls calls = CacheAsideWeaving.calls();
        return calls == null ? CacheAsideWeaving.unbound(call) : calls.invoke(call);
    }
}
