package io.cacheaside.aspect.shop;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads that are loaded again in the background as soon as they were stored; each row's name is the loading thread's. */
public interface Ahead {

    @Nullable
    Product find(long id);

    Optional<Product> lookUp(long id);

    @Nullable
    Product ofDraft(Draft draft);

    @Nullable
    Product unlessDear(long id);

    @Nullable
    Product likely(long id);
}
