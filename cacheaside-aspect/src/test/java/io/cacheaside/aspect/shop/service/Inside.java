package io.cacheaside.aspect.shop.service;

import io.cacheaside.aspect.shop.Passed;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.jspecify.annotations.Nullable;

/** Advice of the application inside the cache's. */
@Aspect
public class Inside {

    @Around("execution(* io.cacheaside.aspect.shop.service.AheadService.find(..))")
    public @Nullable Object around(ProceedingJoinPoint call) throws Throwable {
        Passed.by("inside");
        return call.proceed();
    }
}
