package io.cacheaside.engine;

/** Breaks the rule on names, in a package that is not null-marked, in a cycle with a lower floor. */
public final class CanaryHelper {

    /** Breaks the rule on verbs. */
    public io.cacheaside.error.CanaryFromAbove doIt() {
        return new io.cacheaside.error.CanaryFromAbove();
    }
}
