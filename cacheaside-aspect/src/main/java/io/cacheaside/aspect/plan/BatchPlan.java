package io.cacheaside.aspect.plan;

import io.cacheaside.aspect.adapt.BatchResult;

/**
 * What {@code @CacheAside} with {@code @Each} asks for.
 *
 * @param element the read of one element, whose expressions find it behind the call's arguments; its condition is the
 *     whole call's and does not
 */
public record BatchPlan(ReadPlan element, EachParameter each, BatchResult result) implements Plan {

    @Override
    public String where() {
        return element.where();
    }
}
