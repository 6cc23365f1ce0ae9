package io.cacheaside.aspect.shop;

import org.jspecify.annotations.Nullable;

/** Writes that change very many products, as their callers see them. */
public interface Imports {

    @Nullable
    Product find(long id);

    String label(String region);

    void raise(long from, long to);

    void raiseAndFail(long from, long to);

    /** Is not told of by {@code dryRun}. */
    void raise(long from, long to, boolean dryRun);

    /** Returns how many were changed. */
    int raiseSome(long from, long to);

    /** Changes one region's label too. */
    void raiseIn(String region, long from, long to);
}
