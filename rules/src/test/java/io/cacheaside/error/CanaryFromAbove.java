package io.cacheaside.error;

import io.cacheaside.engine.CanaryHelper;
import org.jspecify.annotations.Nullable;

/** Imports from a higher floor. */
public final class CanaryFromAbove {
    @Nullable
    CanaryHelper higher;
}
