package io.cacheaside.aspect.weave;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.CacheAsideAdvice;
import io.cacheaside.aspect.RepeatableCall;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.Plan;
import io.cacheaside.aspect.plan.Plans;
import io.cacheaside.engine.Loader;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/** Calls of woven methods under one client. A plan is looked up by the place in the code, without reflection. */
final class WovenCalls {

    private final Plans plans;
    private final CacheAsideAdvice advice;
    private final Map<JoinPoint.StaticPart, Site> sites = new ConcurrentHashMap<>();

    WovenCalls(CacheAsideClient client, Plans plans) {
        this.plans = plans;
        this.advice = new CacheAsideAdvice(client);
    }

    boolean hasSeenAny() {
        return !sites.isEmpty();
    }

    @Nullable
    Object invoke(ProceedingJoinPoint call) throws Throwable {
        Object self = call.getThis();
        Class<?> target = self == null ? call.getSignature().getDeclaringType() : self.getClass();
        JoinPoint.StaticPart place = call.getStaticPart();
        Site site = sites.get(place);
        if (site == null || site.target != target) {
            site = new Site(target, plan(place, target));
            sites.put(place, site);
        }
        return advice.invoke(site.plan, call.getArgs(), new WovenMethod(call));
    }

    /** The body of a woven method. A later run with no arguments of its own would have those of the run before. */
    private record WovenMethod(ProceedingJoinPoint call) implements RepeatableCall {

        @Override
        public @Nullable Object load() throws Throwable {
            return call.proceed();
        }

        @Override
        public Loader with(@Nullable Object[] args) {
            return () -> call.proceed(args);
        }
    }

    private Plan plan(JoinPoint.StaticPart place, Class<?> target) {
        Method method = ((MethodSignature) place.getSignature()).getMethod();
        return plans.of(AnnotatedMethod.itself(method, target));
    }

    /** The last class that was called at a place; another one asks {@link Plans} again. */
    private record Site(Class<?> target, Plan plan) {}
}
