package io.cacheaside.aspect.shop.service;

import io.cacheaside.aspect.shop.Passed;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.DeclarePrecedence;
import org.jspecify.annotations.Nullable;

/** Advice of the application around the cache's. */
@Aspect
@DeclarePrecedence("io.cacheaside.aspect.shop.service.Outside, io.cacheaside.aspect.weave.CacheAsideAspect,"
        + " io.cacheaside.aspect.shop.service.Inside")
public class Outside {

    @Around("execution(* io.cacheaside.aspect.shop.service.AheadService.find(..))")
    public @Nullable Object around(ProceedingJoinPoint call) throws Throwable {
        Passed.by("outside");
        return call.proceed();
    }
}
