package io.cacheaside.aspect.shop.unwoven;

import io.cacheaside.annotation.CacheAside;
import org.jspecify.annotations.Nullable;

/** Annotated where there is nothing to weave. */
@FunctionalInterface
public interface AnnotatedPort {

    @CacheAside(key = "port:#id")
    @Nullable
    String port(long id);
}
