package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.warm.WarmCall;

/**
 * An annotated read of a bean.
 *
 * @param cache the cache that it reads
 * @param bean the bean's name
 * @param method the annotated method
 * @param call calls the method through the bean
 */
public record BeanRead(String cache, String bean, AnnotatedMethod method, WarmCall call) {

    /** True where {@code name} means it: as {@link WarmCall#isCalled}, or with the bean's name before the method's. */
    public boolean isCalled(String name) {
        String own = bean + ".";
        return WarmCall.isCalled(name, method)
                || name.startsWith(own) && WarmCall.isCalled(name.substring(own.length()), method);
    }

    @Override
    public String toString() {
        String where = method.where();
        int arguments = where.indexOf('(');
        return bean + where.substring(where.lastIndexOf('.', arguments));
    }
}
