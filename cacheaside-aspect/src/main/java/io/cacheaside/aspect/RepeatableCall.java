package io.cacheaside.aspect;

import io.cacheaside.engine.Loader;
import org.jspecify.annotations.Nullable;

/** One call of a method that can be made several times, with other arguments too. */
public interface RepeatableCall extends Loader {

    /** The same call with {@code args} in the place of its own. Runs on the caller's thread, once. */
    Loader with(@Nullable Object[] args);
}
