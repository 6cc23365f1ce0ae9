package io.cacheaside.aspect.shop;

import org.jspecify.annotations.Nullable;

/** A generic port. */
@FunctionalInterface
public interface Finder<T, I> {

    @Nullable
    T byId(I id);
}
