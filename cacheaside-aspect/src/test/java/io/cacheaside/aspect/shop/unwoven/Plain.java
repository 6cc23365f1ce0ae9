package io.cacheaside.aspect.shop.unwoven;

import io.cacheaside.annotation.CacheAside;
import org.jspecify.annotations.Nullable;

/** A class that the weaver has never seen. */
public class Plain {

    @CacheAside(key = "plain:#id")
    @Nullable
    String find(long id) {
        return null;
    }

    @CacheAside(key = "wrong:#id", ttl = "x")
    @Nullable
    String wrong(long id) {
        return null;
    }
}
